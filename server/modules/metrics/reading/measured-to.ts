import type { Queryable } from '../../../platform/db/database.ts';
import { listFollowed } from '../../../platform/events/follow-events.ts';
import { METRICS_CONSUMER } from '../summing/while-held.ts';

/** The position of the log up to which its events are in every figure of the same snapshot; 0 before the first. */
export async function readMeasuredTo(db: Queryable): Promise<number> {
  return (await listFollowed(db, [METRICS_CONSUMER])).get(METRICS_CONSUMER) ?? 0;
}
