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

/** Reads the hours only when one of the clocks counts by them. `fresh` reads past what a process remembers. */
export async function timeOfTicket(
  db: Queryable,
  facts: TicketFacts,
  clocks: readonly SlaClock[],
  fresh = false,
): Promise<TimeOf> {
  const needsHours = clocks.some(({ promised }) => promised?.clock === 'business');
  if (!needsHours || !facts.schedules.some(({ scheduleId }) => scheduleId !== null))
    return () => calendarTime;
  const business = businessTime(await historyOfTicket(db, facts.schedules, fresh));
  return ({ promised }) => (promised?.clock === 'business' ? business : calendarTime);
}

/** The hours of a ticket that changed its schedule: each moment by the schedule it had then, as that was then. */
async function historyOfTicket(
  db: Queryable,
  spans: TicketFacts['schedules'],
  fresh: boolean,
): Promise<ScheduleHistory> {
  const joined: { validFrom: number; schedule: ScheduleHistory[number]['schedule'] }[] = [];
  for (const [index, { from, scheduleId }] of spans.entries()) {
    const until = spans[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const history = await historyOf(db, scheduleId, fresh);
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
  fresh: boolean,
): Promise<ScheduleHistory> =>
  scheduleId === null
    ? [{ validFrom: 0, schedule: alwaysOpen }]
    : getScheduleHistory(db, scheduleId, { fresh });
