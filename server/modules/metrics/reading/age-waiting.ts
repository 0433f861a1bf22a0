import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { Frame } from '../figure.ts';
import type { BusinessSeconds } from '../life.ts';
import { businessClock, readHours, restoreSpans } from '../observing/ticket-schedules.ts';
import type { ReadRow } from './select-rows.ts';

/** How long the tickets of lasting rows have waited, on the hours that each of them had. */
export async function ageOnSchedules(
  db: Queryable,
  rows: readonly ReadRow[],
): Promise<Frame['businessSeconds']> {
  const waiting = rows.filter(({ observation }) => observation.measure === 'claim_wait');
  const ids = [...new Set(waiting.map(({ observation }) => observation.ticketId))];
  if (ids.length === 0) return () => 0;
  const hours = await readHours(db);
  const stored = await db.all<{ ticket_id: number; schedules: unknown }>(
    sql`select ticket_id, schedules from observed_tickets where ticket_id = any(${ids}::bigint[])`,
  );
  const clocks = new Map<string, BusinessSeconds>(
    stored.map((row) => [String(row.ticket_id), businessClock(restoreSpans(row.schedules), hours)]),
  );
  return (ticketId, fromMs, toMs) => clocks.get(ticketId)?.(fromMs, toMs) ?? 0;
}
