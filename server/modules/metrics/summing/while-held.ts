import { type Database, type Queryable, queriesOn } from '../../../platform/db/database.ts';
import { holdConsumer } from '../../../platform/events/follow-events.ts';

/** The name under which the desk's observations follow the log. */
export const METRICS_CONSUMER = 'metrics';

/** One transaction during which nobody else observes. */
export async function whileHeld<R>(db: Database, work: (tx: Queryable) => Promise<R>): Promise<R> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const tx = queriesOn(client);
    await holdConsumer(tx, METRICS_CONSUMER);
    const result = await work(tx);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
