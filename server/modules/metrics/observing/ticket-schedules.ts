import { z } from 'zod';
import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { EventMap, RecordedEvent } from '../../../platform/events/event-map.ts';
import { businessSecondsOver, parseSchedule, type ScheduleHistory } from '../../schedules/index.ts';
import { secondsBetween, wholeSecond } from '../arithmetic/instant.ts';
import type { BusinessSeconds } from '../life.ts';

/** Which schedule a ticket had from when, in ms; the first also holds before it. `null` is the calendar. */
export type ScheduleSpans = readonly { readonly from: number; readonly scheduleId: number | null }[];

/** The hours of every schedule of the desk, as they were at each moment. */
export type Hours = ReadonlyMap<number, ScheduleHistory>;

export function spansOfEvents(events: readonly RecordedEvent[]): ScheduleSpans {
  return events.flatMap((event) => {
    const from = wholeSecond(event.at.getTime());
    if (event.type === 'ticket.opened') {
      return [{ from, scheduleId: (event.data as EventMap['ticket.opened']).scheduleId }];
    }
    if (event.type !== 'ticket.schedule_changed') return [];
    return [{ from, scheduleId: (event.data as EventMap['ticket.schedule_changed']).to }];
  });
}

/** Seconds inside the hours that the ticket's schedule had at each moment; without a schedule, all of them. */
export function businessClock(spans: ScheduleSpans, hours: Hours): BusinessSeconds {
  return (fromMs, toMs) => {
    const start = wholeSecond(fromMs);
    const end = wholeSecond(toMs);
    return spans.reduce((sum, { from, scheduleId }, index) => {
      const begin = index === 0 ? start : Math.max(start, from);
      const stop = Math.min(end, spans[index + 1]?.from ?? end);
      if (stop <= begin) return sum;
      const history = scheduleId === null ? undefined : hours.get(scheduleId);
      return sum + (history ? businessSecondsOver(history, begin, stop) : secondsBetween(begin, stop));
    }, 0);
  };
}

export async function readHours(db: Queryable): Promise<Hours> {
  const rows = await db.all<{ schedule_id: number; valid_from: Date; definition: unknown }>(
    sql`select schedule_id, valid_from, definition from measured_hours order by schedule_id, valid_from`,
  );
  const hours = new Map<number, ScheduleHistory>();
  for (const row of rows) {
    const version = { validFrom: row.valid_from.getTime(), schedule: parseSchedule(row.definition) };
    hours.set(row.schedule_id, [...(hours.get(row.schedule_id) ?? []), version]);
  }
  return hours;
}

const storedSpans = z.array(z.tuple([z.number(), z.number().nullable()]));

/** As it is kept beside the ticket: [second, schedule id] each, and nothing that could not be read again. */
export function storeSpans(spans: ScheduleSpans): string {
  return JSON.stringify(storedSpans.parse(spans.map(({ from, scheduleId }) => [from / 1000, scheduleId])));
}

export function restoreSpans(stored: unknown): ScheduleSpans {
  return storedSpans.parse(stored).map(([from, scheduleId]) => ({ from: from * 1000, scheduleId }));
}
