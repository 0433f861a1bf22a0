import type { Queryable } from '../../platform/db/database.ts';
import { getScheduleHistory, parseSchedule, type ScheduleHistory, scheduleAt } from '../schedules/index.ts';
import { businessTime, calendarTime, type SlaClock, type WorkingTime } from './sla-clock.ts';
import type { TicketFacts } from './ticket-facts.ts';

const allDay: [string, string][] = [['00:00', '24:00']];
const alwaysOpen = parseSchedule({
  tz: 'UTC',
  hours: { sun: allDay, mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay },
});

/** How a clock's seconds count: by the calendar, or by the hours that its ticket had at each moment. */
export type TimeOf = (clock: SlaClock) => WorkingTime;

/** Where hours are read from; by default what the process remembers. */
export type ReadHistory = (db: Queryable, scheduleId: number) => Promise<ScheduleHistory>;

/** Reads the hours only when one of the clocks counts by them. */
export async function timeOfTicket(
  db: Queryable,
  facts: TicketFacts,
  clocks: readonly SlaClock[],
  read: ReadHistory = getScheduleHistory,
): Promise<TimeOf> {
  const needsHours = clocks.some(({ promised }) => promised?.clock === 'business');
  if (!needsHours || !facts.schedules.some(({ scheduleId }) => scheduleId !== null))
    return () => calendarTime;
  const business = businessTime(await historyOfTicket(db, facts.schedules, read));
  return ({ promised }) => (promised?.clock === 'business' ? business : calendarTime);
}

/** The hours of a ticket that changed its schedule: each moment by the schedule it had then, as that was then. */
async function historyOfTicket(
  db: Queryable,
  spans: TicketFacts['schedules'],
  read: ReadHistory,
): Promise<ScheduleHistory> {
  const joined: { validFrom: number; schedule: ScheduleHistory[number]['schedule'] }[] = [];
  for (const [index, { from, scheduleId }] of spans.entries()) {
    const until = spans[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const history = await historyOf(db, scheduleId, read);
    joined.push({ validFrom: from, schedule: scheduleAt(history, from) });
    for (const { validFrom, schedule } of history) {
      const at = Number(validFrom);
      if (at > from && at < until) joined.push({ validFrom: at, schedule });
    }
  }
  return joined;
}

const historyOf = async (
  db: Queryable,
  scheduleId: number | null,
  read: ReadHistory,
): Promise<ScheduleHistory> =>
  scheduleId === null ? [{ validFrom: 0, schedule: alwaysOpen }] : read(db, scheduleId);

/** Reads each schedule once, past what the process remembers: for who acts on a change just made. */
export function freshHistories(): ReadHistory {
  const known = new Map<number, ScheduleHistory>();
  return async (db, scheduleId) => {
    const history = known.get(scheduleId) ?? (await getScheduleHistory(db, scheduleId, { fresh: true }));
    known.set(scheduleId, history);
    return history;
  };
}
