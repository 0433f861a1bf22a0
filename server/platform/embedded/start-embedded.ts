import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { connectAlone } from '../db/connect-alone.ts';
import { makeFolder } from '../files/make-folder.ts';
import { createCluster, embeddedUser, findClusterMajor } from './create-cluster.ts';
import { type EmbeddedInUse, explainFolderError } from './embedded-failure.ts';
import { type KeptPostgres, keepRunning } from './keep-running.ts';
import { chooseLauncher, giveTo, type Launcher } from './launcher.ts';
import { stopLeftovers } from './leftovers.ts';
import { findNativeBinaries, type NativeBinaries } from './native-binaries.ts';
import { takeOwnerLock } from './owner-lock.ts';
import { type RunningPostgres, runPostgres } from './run-postgres.ts';
import { type ClusterSize, listServerArguments } from './settings.ts';
import { giveSocketFolder, makeSocketFolder, removeSocketFolder, socketPort } from './socket-folder.ts';

export type EmbeddedOptions = {
  /** Where the database lives, for instance DATA_DIR/postgres; made when absent. */
  folder: string;
  /** False for throwaway test clusters: nothing survives a crash of the machine. */
  durable?: boolean;
  sharedBuffersMb?: number;
  maxConnections?: number;
  /** Hears one line when the server dies and is started again; the standard error output otherwise. */
  report?: (line: string) => void;
};

export type EmbeddedConnection = {
  host: string;
  port: number;
  user: string;
  database: string;
  password?: string;
};

export type EmbeddedDatabase = {
  /** For pg's Pool as it is; `host` is a folder with a Unix socket. */
  connection: EmbeddedConnection;
  /** The server's own process; another one after a restart. */
  readonly pid: number;
  /** Ends open connections, writes everything to disk and gives the folder free. */
  stop(): Promise<void>;
};

type Place = { folder: string; cluster: string; socketFolder: string };

const databaseName = 'firstline';

/**
 * Starts the PostgreSQL that comes with the package, in a folder that from then on belongs to this process alone.
 * Throws EmbeddedInUse when another live process owns it, EmbeddedFailure with one clear line otherwise.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const native = await findNativeBinaries();
  const folder = await openFolder(options.folder);
  const cluster = join(folder, 'cluster');
  await findClusterMajor(cluster, native.major).catch((error: unknown) => {
    throw explainFolderError(error, cluster);
  });
  const socketFolder = await makeSocketFolder();
  const place: Place = { folder, cluster, socketFolder };
  const lock = await takeOwnerLock(join(folder, 'owner.lock'), socketFolder).catch(async (error: unknown) => {
    await removeSocketFolder(socketFolder);
    throw explainFolderError(error, folder);
  });
  let server: KeptPostgres | undefined;
  const stop = async () => {
    try {
      await server?.stop();
    } finally {
      await removeSocketFolder(socketFolder);
      await lock.release();
    }
  };
  try {
    await removeSocketFolder(lock.previousSocketFolder);
    const running = await keepRunning(
      () => openCluster(native, place, options),
      options.report ?? console.error,
    );
    server = running;
    const connection = { host: socketFolder, port: socketPort, user: embeddedUser };
    await createDatabase(connection);
    return {
      connection: { ...connection, database: databaseName },
      get pid() {
        return running.pid;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw explainFolderError(error, folder);
  }
}

/** The running database of another process, for whoever only looks or asks as that process's own doors would. */
export const connectionOfOwner = ({ socketFolder }: EmbeddedInUse): EmbeddedConnection => ({
  host: socketFolder,
  port: socketPort,
  user: embeddedUser,
  database: databaseName,
});

async function openFolder(wanted: string): Promise<string> {
  const folder = resolve(wanted);
  try {
    // Others may pass but not look: the server's own user has to, when we are root.
    await makeFolder(folder, 0o711);
    // The server reports its place without symbolic links; so do we, to recognise it later.
    return await realpath(folder);
  } catch (error) {
    throw explainFolderError(error, folder);
  }
}

async function openCluster(
  native: NativeBinaries,
  place: Place,
  options: EmbeddedOptions,
): Promise<RunningPostgres> {
  await stopLeftovers(place.cluster);
  const owner = (await stat(place.cluster).catch(() => undefined))?.uid;
  const launcher = await chooseLauncher([native.postgres, place.cluster, place.socketFolder], owner);
  await prepareCluster(native, launcher, place);
  await giveSocketFolder(launcher, place.socketFolder);
  const size: ClusterSize = {
    durable: options.durable ?? true,
    sharedBuffersMb: options.sharedBuffersMb ?? 96,
    maxConnections: options.maxConnections ?? 60,
  };
  return runPostgres(native, launcher, {
    cluster: place.cluster,
    logFile: join(place.folder, 'postgres.log'),
    arguments: ['-k', place.socketFolder, '-p', String(socketPort), ...listServerArguments(size)],
  });
}

async function prepareCluster(native: NativeBinaries, launcher: Launcher, place: Place): Promise<void> {
  const major = await findClusterMajor(place.cluster, native.major);
  if (major === undefined) await createCluster(native, launcher, place.cluster);
  else await giveTo(launcher, place.cluster);
}

async function createDatabase(connection: Omit<EmbeddedConnection, 'database'>): Promise<void> {
  const client = await connectAlone({ ...connection, database: 'postgres' });
  try {
    const found = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
