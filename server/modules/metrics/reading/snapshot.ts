import { type Database, type Queryable, queriesOn } from '../../../platform/db/database.ts';

/** Several reads of one and the same state of the desk. */
export async function inSnapshot<R>(db: Database, read: (db: Queryable) => Promise<R>): Promise<R> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    return await read(queriesOn(client));
  } finally {
    await client.query('rollback').catch((error: Error) => {
      broken = error;
    });
    client.release(broken);
  }
}
