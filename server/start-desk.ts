import { explainStart, refuseOldServer } from './explain-start.ts';
import { modules } from './modules.ts';
import { type Clock, databaseClock } from './platform/clock.ts';
import { type Config, localUrl, StartRefused } from './platform/config.ts';
import { type Connection, type Database, sql } from './platform/db/database.ts';
import { migrate } from './platform/db/migrate.ts';
import { type Desk, openDesk } from './platform/desk.ts';
import { startEmbedded } from './platform/embedded/start-embedded.ts';
import { makeFolder } from './platform/files/make-folder.ts';
import { findFreePort } from './platform/find-free-port.ts';
import { releaseClaims } from './platform/http/idempotency.ts';
import { buildServer } from './platform/http/server.ts';
import { releaseLeases } from './platform/jobs/claim-jobs.ts';
import { createLog } from './platform/log.ts';
import { refuseDoor } from './platform/refuse-door.ts';

export interface RunningDesk {
  desk: Desk;
  /** What to print: the address of every door. */
  doors: string[];
  stop(): Promise<void>;
}

/** Opens the database, brings it forward, and opens the doors this process's mode has. */
export async function startDesk(config: Config, clock: Clock = databaseClock): Promise<RunningDesk> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.reverse()) await one();
  };
  try {
    await openFolder(config);
    const connection = await openConnection(config, stops);
    const desk = await openDesk({ config, log: createLog(config.logLevel), connection, modules, clock });
    stops.push(() => desk.close());
    if (config.databaseUrl) refuseOldServer(await serverVersion(desk.db));
    await migrate(desk.db);
    if (!config.databaseUrl) await Promise.all([releaseLeases(desk.db), releaseClaims(desk.db)]);
    for (const module of modules) await module.prepare?.(desk);
    const doors: string[] = [];
    if (config.mode !== 'worker') doors.push(...(await openDoors(desk, stops)));
    if (config.mode !== 'web') {
      stops.push(desk.startWork());
      if (config.mode === 'worker') doors.push('Firstline is working on jobs and events; it opens no door.');
    }
    return { desk, doors, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw explainStart(error, config);
  }
}

async function openFolder(config: Config): Promise<void> {
  try {
    // Others may pass through, as the database's own user must; what is inside is closed to them.
    await makeFolder(config.folder, 0o711);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartRefused(
      `DATA_DIR ${config.folder} cannot be made (${code}); set it to a folder this user may make`,
    );
  }
}

async function openConnection(config: Config, stops: (() => Promise<void>)[]): Promise<Connection> {
  if (config.databaseUrl) return { connectionString: config.databaseUrl };
  const embedded = await startEmbedded({ folder: `${config.folder}/postgres` });
  stops.push(() => embedded.stop());
  return embedded.connection;
}

async function serverVersion(db: Database): Promise<number> {
  const row = await db.one<{ version: number }>(
    sql`select current_setting('server_version_num')::int as version`,
  );
  return row.version;
}

async function openDoors(desk: Desk, stops: (() => Promise<void>)[]): Promise<string[]> {
  const { config } = desk;
  const { app } = await buildServer(desk);
  if (config.port === 0) await takeFreePort(config);
  const doors = [`Console:      ${config.publicUrl}/`, `API:          ${config.publicUrl}/api/docs`];
  for (const module of modules) {
    if (!module.open) continue;
    const opened = await module.open(desk);
    stops.push(opened.close);
    doors.push(...opened.doors);
  }
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    throw refusePort(error, config);
  }
  stops.push(() => app.close());
  return doors;
}

/** "Any" becomes one before anything is told where the desk is. */
async function takeFreePort(config: Config): Promise<void> {
  const port = await findFreePort(config.host).catch((error: unknown) => {
    throw refusePort(error, config);
  });
  if (config.publicUrl === localUrl(0)) config.publicUrl = localUrl(port);
  config.port = port;
}

const refusePort = (error: unknown, { port, host }: Config) =>
  refuseDoor(error, `PORT ${port} on HOST ${host}`, 'set PORT to a free one');
