import { modules } from '../modules.ts';
import type { Config } from '../platform/config.ts';
import type { Connection } from '../platform/db/database.ts';
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
 * command that may work beside it uses its database, and any other is refused.
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
  try {
    const embedded = await startEmbedded({ folder: `${config.folder}/postgres` });
    return { connection: embedded.connection, close: () => embedded.stop() };
  } catch (error) {
    if (!beside || !(error instanceof EmbeddedInUse)) throw error;
    return { connection: connectionOfOwner(error), close: async () => undefined };
  }
}
