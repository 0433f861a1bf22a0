import { type Database, type Queryable, sql } from '../../../platform/db/database.ts';
import { holdConsumer } from '../../../platform/events/follow-events.ts';

/** The name under which the desk's observations follow the log. */
export const METRICS_CONSUMER = 'metrics';

/** One transaction during which nobody else observes. */
export function whileHeld<R>(db: Database, work: (tx: Queryable) => Promise<R>): Promise<R> {
  return db.transaction([sql`begin`], async (tx) => {
    await holdConsumer(tx, METRICS_CONSUMER);
    return work(tx);
  });
}
