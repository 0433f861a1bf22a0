import { modules } from '../modules.ts';
import type { Config } from '../platform/config.ts';
import { type Desk, openDesk } from '../platform/desk.ts';
import { startEmbedded } from '../platform/embedded/start-embedded.ts';
import { createLog } from '../platform/log.ts';

/** A desk without doors for one command. The embedded database belongs to one process: stop the desk first. */
export async function withDesk<R>(config: Config, work: (desk: Desk) => Promise<R>): Promise<R> {
  const embedded = config.databaseUrl ? null : await startEmbedded({ folder: `${config.folder}/postgres` });
  const connection = embedded ? embedded.connection : { connectionString: config.databaseUrl as string };
  try {
    const desk = await openDesk({ config, log: createLog('warn'), connection, modules });
    try {
      return await work(desk);
    } finally {
      await desk.close();
    }
  } finally {
    await embedded?.stop();
  }
}
