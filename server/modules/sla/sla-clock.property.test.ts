import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { parseSchedule } from '../schedules/index.ts';
import {
  applyPromise,
  businessTime,
  dateClock,
  elapsedSeconds,
  fireDue,
  fulfilClock,
  pauseClock,
  resumeClock,
  startClock,
} from './sla-clock.ts';

/** Zones, each with a day before its clock changes. */
const places = [
  ['UTC', '2024-02-28'],
  ['Europe/Berlin', '2024-03-30'],
  ['Europe/Berlin', '2024-10-26'],
  ['America/New_York', '2024-11-02'],
  ['Australia/Lord_Howe', '2024-04-06'],
  ['Asia/Kathmandu', '2024-12-30'],
] as const;

const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const wall = (quarters: number): string =>
  `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;

/** Opening hours of a day as quarters of an hour, and what is open when, minute by minute. */
const opening = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 34 }))
  .map(([from, length]) => ({ from, to: from + length }));

const cases = fc.record({
  place: fc.constantFrom(...places),
  week: fc.array(fc.option(opening, { freq: 4 }), { minLength: 7, maxLength: 7 }),
  holiday: fc.integer({ min: -1, max: 3 }),
  startMinute: fc.integer({ min: 0, max: 1440 }),
  /** Minutes between pauses and resumptions. */
  gaps: fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 6 }),
  targetMinutes: fc.integer({ min: 1, max: 1200 }),
});

type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never;
const minute = 60_000;
const lengthMinutes = 4 * 1440;

/** Slow and plain: asks each minute's wall clock whether it counts. */
function countMinutes(given: Case, start: number, isRunning: (minuteIndex: number) => boolean): boolean[] {
  const holiday = holidayOf(given);
  return Array.from({ length: lengthMinutes }, (_, index) => {
    if (!isRunning(index)) return false;
    const local = Temporal.Instant.fromEpochMilliseconds(start + index * minute).toZonedDateTimeISO(
      given.place[0],
    );
    const hours = given.week[local.dayOfWeek - 1];
    if (!hours || local.toPlainDate().toString() === holiday) return false;
    const quarters = local.hour * 4 + local.minute / 15;
    return quarters >= hours.from && quarters < hours.to;
  });
}

function holidayOf({ place, holiday }: Case): string | null {
  return holiday < 0 ? null : Temporal.PlainDate.from(place[1]).add({ days: holiday }).toString();
}

function scheduleOf(given: Case) {
  const hours = given.week.flatMap((open, index) =>
    open ? [[names[index], [[wall(open.from), open.to === 96 ? '24:00' : wall(open.to)]]]] : [],
  );
  const holiday = holidayOf(given);
  return parseSchedule({
    tz: given.place[0],
    hours: Object.fromEntries(hours),
    holidays: holiday ? [holiday] : [],
  });
}

/** An opening whose edge falls into an hour that the clock skips or repeats is read by the schedule's own rule. */
const isPlain = (given: Case): boolean =>
  given.week.every((open) => open === null || (open.from >= 16 && open.to >= 16));

it('uses, warns and is due as a minute-by-minute reading says, through pauses, holidays and clock changes', () => {
  fc.assert(
    fc.property(cases.filter(isPlain), (given) => {
      const midnight = Temporal.PlainDate.from(given.place[1]).toZonedDateTime(
        given.place[0],
      ).epochMilliseconds;
      const start = midnight + given.startMinute * minute;
      const time = businessTime([{ validFrom: 0, schedule: scheduleOf(given) }]);
      const promised = {
        policyId: 1,
        policyVersion: 1,
        priority: null,
        clock: 'business',
        targetSeconds: given.targetMinutes * 60,
      } as const;
      let clock = applyPromise(startClock('resolution', 1, start), promised, start);
      let at = 0;
      const edges = given.gaps.map((gap) => (at += gap));
      for (const [index, edge] of edges.entries()) {
        clock = (index % 2 === 0 ? pauseClock : resumeClock)(clock, start + edge * minute);
      }
      const counted = countMinutes(
        given,
        start,
        (index) => edges.filter((edge) => edge <= index).length % 2 === 0,
      );
      const end = start + lengthMinutes * minute;
      expect(elapsedSeconds(clock, time, end)).toBe(counted.filter(Boolean).length * 60);

      const dated = dateClock(clock, time);
      let minutes = 0;
      const reached = counted.findIndex((counts) => counts && ++minutes === given.targetMinutes);
      if (reached >= 0) expect(dated.dueAt).toBe(start + (reached + 1) * minute);
      else expect(dated.dueAt === null || dated.dueAt > end).toBe(true);
      const isBroken = fireDue(dated, end).due.some(({ kind }) => kind === 'breached');
      expect(isBroken).toBe(elapsedSeconds(fulfilClock(dated, end), time, end) > promised.targetSeconds);
    }),
    { numRuns: 40 },
  );
});
