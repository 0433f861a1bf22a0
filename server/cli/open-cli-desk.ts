import { existsSync } from 'node:fs';
import path from 'node:path';
import { modules } from '../modules.ts';
import { type Config, StartRefused } from '../platform/config.ts';
import { type Connection, type Database, sql } from '../platform/db/database.ts';
import { type Desk, openDesk } from '../platform/desk.ts';
import { EmbeddedInUse } from '../platform/embedded/embedded-failure.ts';
import { connectionOfOwner, startEmbedded } from '../platform/embedded/start-embedded.ts';
import { createLog } from '../platform/log.ts';

interface Opened {
  connection: Connection;
  close(): Promise<void>;
}

/**
 * A desk without doors for one command. The embedded database belongs to one process: where that is a running desk, a
 * command that may work beside it uses its database, and any other is refused. Such a command makes no desk: a wrong
 * DATA_DIR is said, not filled.
 */
export async function withDesk<R>(
  config: Config,
  beside: boolean,
  work: (desk: Desk) => Promise<R>,
): Promise<R> {
  const { connection, close } = await openConnection(config, beside);
  try {
    const desk = await openDesk({ config, log: createLog('warn'), connection, modules });
    try {
      if (beside && !(await holdsDesk(desk.db))) throw noDesk(config);
      return await work(desk);
    } finally {
      await desk.close();
    }
  } finally {
    await close();
  }
}

async function openConnection(config: Config, beside: boolean): Promise<Opened> {
  if (config.databaseUrl)
    return { connection: { connectionString: config.databaseUrl }, close: async () => undefined };
  const folder = path.join(config.folder, 'postgres');
  if (beside && !existsSync(folder)) throw noDesk(config);
  try {
    const embedded = await startEmbedded({ folder });
    return { connection: embedded.connection, close: () => embedded.stop() };
  } catch (error) {
    if (!beside || !(error instanceof EmbeddedInUse)) throw error;
    return { connection: connectionOfOwner(error), close: async () => undefined };
  }
}

async function holdsDesk(db: Database): Promise<boolean> {
  const row = await db.one<{ held: boolean }>(sql`select to_regclass('migrations') is not null as held`);
  return row.held;
}

const noDesk = ({ databaseUrl, folder }: Config): StartRefused =>
  new StartRefused(
    `${databaseUrl ? 'DATABASE_URL: that database' : `DATA_DIR ${folder}`} holds no desk; name the right one, or "npm start" makes one there`,
  );
