import type { Queryable } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import { readScheduleHistory } from './queries.ts';
import type { ScheduleHistory } from './schedule-history.ts';

const mostRemembered = 500;
let remembered = new Map<number, ScheduleHistory>();
let desks = 0;

/**
 * The versions of a schedule, from memory where it was read before. A change is known here at once and in other
 * processes some 20 ms after its commit; who recomputes because of `schedule.changed` reads past the memory with
 * `fresh`. @throws 404
 */
export async function getScheduleHistory(
  db: Queryable,
  id: number,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<ScheduleHistory> {
  // A process serves one desk; where a test opens several, ids mean different schedules and nothing is remembered.
  if (fresh || desks !== 1) return readScheduleHistory(db, id);
  const known = remembered.get(id);
  if (known) return known;
  const memory = remembered;
  const history = await readScheduleHistory(db, id);
  // When it was forgotten during the read, `memory` is the old map, which nobody looks into any more.
  if (memory.size < mostRemembered) memory.set(id, history);
  return history;
}

function forgetHistories(): void {
  remembered = new Map();
}

export async function followScheduleChanges(desk: Desk): Promise<void> {
  desks += 1;
  forgetHistories();
  desk.signals.on('settings', forgetHistories);
}
