import pg from 'pg';
import type { Connection } from './database.ts';

/**
 * A connection outside the pools. When it breaks between two questions the next one fails; nobody hears an error that
 * no question is waiting for, and unheard it would end the process. So it is heard from the beginning: a server that
 * dies while it lets one in says so in the same breath, before the one who connects is told.
 */
export async function connectAlone(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}
