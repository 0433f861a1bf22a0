import type { Queryable } from '../../../platform/db/database.ts';
import { listFollowed } from '../../../platform/events/follow-events.ts';
import type { StaffPrincipal } from '../../../platform/http/principal.ts';
import { METRICS_CONSUMER } from '../summing/while-held.ts';
import { countUnmeasured } from './unmeasured.ts';

/** How far the figures of a snapshot reach, and how many tickets are in none of them. */
export interface Measured {
  /** The position of the log up to which its events are in every figure; 0 before the first. */
  measuredTo: number;
  unmeasured: number;
}

export async function readMeasured(db: Queryable, principal: StaffPrincipal): Promise<Measured> {
  const [followed, unmeasured] = await Promise.all([
    listFollowed(db, [METRICS_CONSUMER]),
    countUnmeasured(db, principal),
  ]);
  return { measuredTo: followed.get(METRICS_CONSUMER) ?? 0, unmeasured };
}
