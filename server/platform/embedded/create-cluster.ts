import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedFailure, explainFailure } from './embedded-failure.ts';
import type { Launcher } from './launcher.ts';
import type { NativeBinaries } from './native-binaries.ts';

const run = promisify(execFile);
const roomForClusterMb = 120;

export const embeddedUser = 'firstline';

/** Throws one clear line, and touches nothing, when another major version made the cluster. */
export async function findClusterMajor(cluster: string, ours: number): Promise<number | undefined> {
  const text = await readFile(`${cluster}/PG_VERSION`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const major = Number.parseInt(text, 10);
  if (major !== ours) {
    const advice =
      major > ours
        ? 'use the newer Firstline that made it'
        : 'start the older Firstline that made it, take a backup and restore that here';
    throw new EmbeddedFailure(
      `The database in ${cluster} was made by PostgreSQL ${text.trim()}, and this Firstline brings PostgreSQL ${ours}; ${advice}. Nothing was changed.`,
    );
  }
  return major;
}

/** Made beside its place and then renamed, so that an interrupted start leaves no half-made cluster. */
export async function createCluster(
  native: NativeBinaries,
  launcher: Launcher,
  cluster: string,
): Promise<void> {
  await requireRoom(cluster);
  const draft = `${cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  if (launcher.spawnAs.uid !== undefined) await chown(draft, launcher.ownerUid, launcher.ownerUid);
  const [program = '', ...rest] = [...launcher.prefix, native.initdb, ...listInitArguments(draft)];
  try {
    await run(program, rest, { ...launcher.spawnAs, cwd: '/', env: cleanEnvironment() });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    await rm(draft, { recursive: true, force: true });
    throw explainFailure('The database could not be created', `${message}\n${stderr}`, cluster);
  }
  await rename(draft, cluster);
}

function listInitArguments(folder: string): string[] {
  return [
    ['-D', folder],
    ['-U', embeddedUser],
    ['-E', 'UTF8'],
    ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    // The socket lies in a folder that only we can enter; there is no other way in.
    ['--auth-local=trust', '--auth-host=reject', '--no-instructions'],
  ].flat();
}

async function requireRoom(cluster: string): Promise<void> {
  const disk = await statfs(dirname(cluster));
  const freeMb = Math.floor((disk.bavail * disk.bsize) / 1_000_000);
  if (freeMb >= roomForClusterMb) return;
  throw new EmbeddedFailure(
    `The disk that holds ${cluster} has ${freeMb} MB free, and a new database needs ${roomForClusterMb} MB; free some space and start again.`,
  );
}

/** The caller's PG… variables and language must not reach the server. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}
