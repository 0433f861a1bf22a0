import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addBusinessSeconds, businessSeconds, isOpen, subtractBusinessSeconds } from './business-time.ts';
import { weekdays } from './contract.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { addBusinessSecondsOver, businessSecondsOver } from './schedule-history.ts';

/** Each zone with a date near which its clock changes, where it ever does. */
const places = [
  ['UTC', '2024-02-28'],
  ['Europe/Berlin', '2024-03-30'],
  ['Europe/Berlin', '2024-10-26'],
  ['America/New_York', '2024-11-02'],
  ['Australia/Lord_Howe', '2024-04-06'],
  ['Australia/Lord_Howe', '2024-10-05'],
  ['Asia/Kathmandu', '2024-12-30'],
  ['America/Sao_Paulo', '2015-10-17'],
  ['America/Sao_Paulo', '2016-02-20'],
  ['America/St_Johns', '2005-10-29'],
  ['Pacific/Chatham', '2024-09-28'],
  ['Africa/Casablanca', '2024-03-09'],
] as const;

type Intervals = [string, string][];
type Case = { schedule: Schedule; start: number };

const quarter = fc.integer({ min: 0, max: 95 });
const intervals = fc
  .uniqueArray(quarter, { minLength: 0, maxLength: 6 })
  .map((points) => points.sort((a, b) => a - b))
  .map((points) => points.flatMap((end, i): Intervals => (i % 2 ? [[wall(points[i - 1]!), wall(end)]] : [])));
const nights = fc.constant<Intervals>([
  ['04:30', '11:00'],
  ['21:45', '02:15'],
]);
const never = fc.constant<Intervals>([]);
const always = fc.constant<Intervals>([['00:00', '24:00']]);

const cases: fc.Arbitrary<Case> = fc
  .record({
    place: fc.constantFrom(...places),
    week: fc.oneof(
      { arbitrary: fc.array(intervals, { minLength: 7, maxLength: 7 }), weight: 8 },
      { arbitrary: repeated(nights), weight: 8 },
      { arbitrary: repeated(always), weight: 8 },
      { arbitrary: repeated(never), weight: 1 },
    ),
    shifts: fc.dictionary(offsetKey(), intervals, { maxKeys: 2 }),
    breaks: fc.dictionary(offsetKey(), intervals, { maxKeys: 2 }),
    holidays: fc.array(offsetKey(), { maxLength: 1 }),
    minutes: fc.integer({ min: -2_880, max: 2_880 }),
  })
  .map(({ place: [tz, date], week, shifts, breaks, holidays, minutes }) => ({
    schedule: parseSchedule({
      tz,
      hours: Object.fromEntries(weekdays.map((weekday, index) => [weekday, week[index]])),
      shifts: dated(date, shifts),
      breaks: dated(date, breaks),
      holidays: holidays.map((key) => plus(date, Number(key))),
    }),
    start: Date.parse(`${date}T12:00:00Z`) + minutes * 60_000,
  }));

describe('business time', () => {
  it('agrees with a walk over every minute', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 3_000 }), ({ schedule, start }, minutes) => {
        const periods = naivePeriods(schedule, start, start + minutes * 60_000);
        let open = 0;
        for (let at = start; at < start + minutes * 60_000; at += 60_000) {
          if (periods(at)) open += 60;
        }
        expect(businessSeconds(schedule, start, start + minutes * 60_000)).toBe(open);
        expect(isOpen(schedule, start)).toBe(periods(start));
      }),
      { numRuns: 150 },
    );
  });

  it('adds up: a to b and b to c are a to c', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(cases, parts, ({ schedule, start }, [first, second]) => {
        const middle = start + first! * 1_000;
        const end = middle + second! * 1_000;
        const sum = businessSeconds(schedule, start, middle) + businessSeconds(schedule, middle, end);
        expect(businessSeconds(schedule, start, end)).toBe(sum);
      }),
    );
  });

  it('a deadline is the first moment with that much open time behind it', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 2_000_000 }), ({ schedule, start }, seconds) => {
        const due = addBusinessSeconds(schedule, start, seconds);
        if (due === null) {
          expect(businessSeconds(schedule, start, Date.UTC(2199, 0))).toBeLessThan(seconds);
          return;
        }
        expect(businessSeconds(schedule, start, due)).toBe(seconds);
        expect(businessSeconds(schedule, start, due - 1_000)).toBe(seconds - 1);
      }),
    );
  });

  it('going back is the last moment with that much open time ahead', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 2_000_000 }), ({ schedule, start }, seconds) => {
        const from = subtractBusinessSeconds(schedule, start, seconds);
        if (from === null) {
          expect(businessSeconds(schedule, Date.UTC(1900, 0), start)).toBeLessThan(seconds);
          return;
        }
        expect(businessSeconds(schedule, from, start)).toBe(seconds);
        expect(businessSeconds(schedule, from + 1_000, start)).toBe(seconds - 1);
      }),
    );
  });

  it('a history of versions is the sum of its parts, and deadlines agree with it', () => {
    const change = fc.integer({ min: 0, max: 700_000 });
    fc.assert(
      fc.property(
        cases,
        cases,
        change,
        fc.integer({ min: 1, max: 300_000 }),
        (before, after, gap, seconds) => {
          const { start } = before;
          const validFrom = start + gap * 1_000;
          const history = [
            { validFrom: 0, schedule: before.schedule },
            { validFrom, schedule: after.schedule },
          ];
          const end = validFrom + 900_000_000;
          expect(businessSecondsOver(history, start, end)).toBe(
            businessSeconds(before.schedule, start, validFrom) +
              businessSeconds(after.schedule, validFrom, end),
          );
          const due = addBusinessSecondsOver(history, start, seconds);
          if (due === null) return;
          expect(businessSecondsOver(history, start, due)).toBe(seconds);
          expect(businessSecondsOver(history, start, due - 1_000)).toBe(seconds - 1);
        },
      ),
    );
  });
});

/** Open or not by the letter of the rules, every boundary resolved by the calendar library. */
function naivePeriods(schedule: Schedule, from: number, to: number): (at: number) => boolean {
  const open: [number, number][] = [];
  const paused: [number, number][] = [];
  const last = Temporal.PlainDate.from(new Date(to + 3 * 86_400_000).toISOString().slice(0, 10));
  let date = Temporal.PlainDate.from(new Date(from - 3 * 86_400_000).toISOString().slice(0, 10));
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    const name = date.toString();
    const hours = schedule.shifts[name] ?? schedule.hours[weekdays[date.dayOfWeek % 7]!] ?? [];
    if (!schedule.holidays.includes(name))
      open.push(...hours.map((pair) => resolve(date, pair, schedule.tz)));
    paused.push(...(schedule.breaks[name] ?? []).map((pair) => resolve(date, pair, schedule.tz)));
  }
  const holds = (periods: [number, number][], at: number) => periods.some(([s, e]) => s <= at && at < e);
  return (at) => holds(open, at) && !holds(paused, at);
}

function resolve(date: Temporal.PlainDate, [from, to]: [string, string], tz: string): [number, number] {
  const end = to === '24:00' || to <= from ? date.add({ days: 1 }) : date;
  return [resolveTime(date, from, tz), resolveTime(end, to === '24:00' ? '00:00' : to, tz)];
}

function resolveTime(date: Temporal.PlainDate, time: string, tz: string): number {
  const wanted = date.toPlainDateTime(time);
  const found = wanted.toZonedDateTime(tz, { disambiguation: 'earlier' });
  const later = wanted.toZonedDateTime(tz, { disambiguation: 'later' });
  const isSkipped = !found.toPlainDateTime().equals(wanted) || !later.toPlainDateTime().equals(wanted);
  const moved = isSkipped ? wanted.add({ hours: 1 }).toZonedDateTime(tz) : found;
  return moved.epochMilliseconds;
}

function wall(quarters: number): string {
  return `${String(quarters >> 2).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
}

function repeated(day: fc.Arbitrary<Intervals>): fc.Arbitrary<Intervals[]> {
  return day.map((each) => weekdays.map(() => each));
}

function offsetKey(): fc.Arbitrary<string> {
  return fc.integer({ min: -3, max: 3 }).map(String);
}

function plus(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

function dated(date: string, days: Record<string, Intervals>): Record<string, Intervals> {
  return Object.fromEntries(Object.entries(days).map(([key, each]) => [plus(date, Number(key)), each]));
}
