import { z } from 'zod';

/** Days of the week as schedules write them, Sunday first (the order of `Date#getUTCDay`). */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const daySeconds = 86_400;
const mostIntervalsADay = 48;
const mostDates = 5_000;

const opens = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
    'A time of day from 00:00 to 23:59 is needed, such as 09:00',
  );
const closes = z
  .string()
  .regex(
    /^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00(:00)?)$/,
    'A time of day from 00:00 to 24:00 is needed, such as 17:30',
  );
const day = z.array(z.tuple([opens, closes])).max(mostIntervalsADay);
const date = z.iso.date('A calendar date is needed, such as 2026-01-31');
const dates = z
  .record(date, day)
  .refine((days) => Object.keys(days).length <= mostDates, `At most ${mostDates} dates`);

const tz = z
  .string()
  .max(64)
  .refine(isTimeZone, 'This is not a time zone of the IANA list, such as Europe/Minsk');
const hours = z.strictObject({
  sun: day.optional(),
  mon: day.optional(),
  tue: day.optional(),
  wed: day.optional(),
  thu: day.optional(),
  fri: day.optional(),
  sat: day.optional(),
});
const special = {
  shifts: dates.default({}),
  breaks: dates.default({}),
  holidays: z.array(date).max(mostDates).default([]),
};

/**
 * A schedule of opening hours. Intervals are local wall times `[start, end)`; an end at or before the start
 * lies on the next day (`22:00`-`06:00`), `24:00` is the end of the day. A date in `shifts` replaces the
 * weekly hours of that date, `breaks` are cut out of whatever is open, a date in `holidays` removes every
 * period that starts on it.
 */
export const scheduleSchema = z.strictObject({ tz, hours, ...special }).superRefine(checkIntervals);

/** The same schedule with its week under the name `weekly`. */
export const weeklyScheduleSchema = z
  .strictObject({ tz, weekly: hours, ...special })
  .superRefine(checkIntervals);

const at = z.iso
  .datetime({ offset: true, error: 'An instant is needed, such as 2026-01-31T09:00:00Z' })
  .refine(isInHorizon, 'The instant must lie between the years 1900 and 2200');
const dateInHorizon = date.refine(isInHorizon, 'The date must lie between the years 1900 and 2200');
const count = z.int().min(1).max(1_000);
const amount = z.strictObject({
  at,
  n: z.int().min(0).max(10_000_000_000),
  unit: z.enum(['second', 'seconds', 'minute', 'minutes', 'hour', 'hours', 'day', 'days']),
});

const inputs = {
  within: z.strictObject({ from: at, to: at }),
  time_after: amount,
  time_before: amount,
  periods_after: z.strictObject({ at, count }),
  periods_before: z.strictObject({ at, count }),
  periods_on: z.strictObject({ date: dateInHorizon }),
  dates_after: z.strictObject({ date: dateInHorizon, count }),
  dates_before: z.strictObject({ date: dateInHorizon, count }),
  date_active: z.strictObject({ date: dateInHorizon }),
  in_hours: z.strictObject({ at }),
  on_break: z.strictObject({ at }),
  on_holiday: z.strictObject({ at }),
  local_to_utc: z.strictObject({ date: dateInHorizon, time: closes }),
};

function question<Op extends keyof typeof inputs>(op: Op) {
  return z.strictObject({ tz, hours, ...special, op: z.literal(op), input: inputs[op] });
}

/** Body of `POST /api/desk/v1/business-time`. */
export const businessTimeRequest = z
  .discriminatedUnion('op', [
    question('within'),
    question('time_after'),
    question('time_before'),
    question('periods_after'),
    question('periods_before'),
    question('periods_on'),
    question('dates_after'),
    question('dates_before'),
    question('date_active'),
    question('in_hours'),
    question('on_break'),
    question('on_holiday'),
    question('local_to_utc'),
  ])
  .superRefine(checkIntervals);

/** Seconds, yes or no, an instant, dates or `[start, end)` pairs; `null` when the schedule never gets there. */
export const businessTimeAnswer = z.strictObject({
  result: z.union([
    z.null(),
    z.boolean(),
    z.int(),
    z.string(),
    z.array(z.string()),
    z.array(z.tuple([z.string(), z.string()])),
  ]),
});

export type BusinessTimeRequest = z.input<typeof businessTimeRequest>;
export type BusinessTimeAnswer = z.output<typeof businessTimeAnswer>;

type Days = Record<string, [string, string][] | undefined>;
type Checked = { hours?: Days; weekly?: Days; shifts: Days; breaks: Days };
type Span = { start: number; end: number; path: (string | number)[] };

function checkIntervals(schedule: Checked, report: z.RefinementCtx): void {
  const week = schedule.hours ?? schedule.weekly ?? {};
  const name = schedule.hours ? 'hours' : 'weekly';
  const weekSpans = weekdays.flatMap((weekday, index) =>
    spansOf(week[weekday] ?? [], index * daySeconds, [name, weekday]),
  );
  checkOverlaps(weekSpans, weekdays.length * daySeconds, report);
  checkEmpty(weekSpans, report);
  for (const [shiftDate, shifts] of Object.entries(schedule.shifts)) {
    const spans = spansOf(shifts ?? [], 0, ['shifts', shiftDate]);
    checkOverlaps(spans, Number.POSITIVE_INFINITY, report);
    checkEmpty(spans, report);
  }
  for (const [breakDate, breaks] of Object.entries(schedule.breaks)) {
    checkEmpty(spansOf(breaks ?? [], 0, ['breaks', breakDate]), report);
  }
}

function spansOf(intervals: [string, string][], offset: number, path: string[]): Span[] {
  return intervals.map(([from, to], index) => {
    const start = wallSeconds(from);
    const end = wallSeconds(to);
    const length = end === start ? 0 : (end - start + daySeconds) % daySeconds || daySeconds;
    return { start: offset + start, end: offset + start + length, path: [...path, index] };
  });
}

function checkEmpty(spans: Span[], report: z.RefinementCtx): void {
  for (const { start, end, path } of spans) {
    if (start < end) continue;
    const message = 'The interval starts and ends at the same time; a whole day is 00:00 to 24:00';
    report.addIssue({ code: 'custom', path, message });
  }
}

function checkOverlaps(spans: Span[], cycle: number, report: z.RefinementCtx): void {
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  sorted.forEach((span, index) => {
    const next = sorted[index + 1] ?? sorted[0]!;
    const nextStart = index + 1 < sorted.length ? next.start : next.start + cycle;
    if (span.end <= nextStart) return;
    const message = `The interval overlaps the one at ${span.path.join('.')}`;
    report.addIssue({ code: 'custom', path: next.path, message });
  });
}

/** Seconds from midnight of `HH:MM` or `HH:MM:SS`; `24:00` is 86400. */
export function wallSeconds(time: string): number {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return hour * 3_600 + minute * 60 + second;
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isInHorizon(dateOrInstant: string): boolean {
  const year = new Date(dateOrInstant).getUTCFullYear();
  return year >= 1900 && year < 2200;
}

/** A schedule as it is kept and shown: `{tz, hours, shifts, breaks, holidays}`. */
export type ScheduleDefinition = z.output<typeof scheduleSchema>;

const scheduleName = z
  .string()
  .trim()
  .min(1, 'required')
  .max(200, 'too_long')
  .regex(/^[^\p{Cc}]*$/u);

export const scheduleShape = z.object({
  id: z.int().positive(),
  name: z.string(),
  /** The hours valid now. */
  definition: scheduleSchema,
  validFrom: z.iso.datetime(),
  version: z.int().positive(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export const newScheduleBody = z.strictObject({ name: scheduleName, definition: scheduleSchema });
export const changeScheduleBody = z.strictObject({
  name: scheduleName.optional(),
  definition: scheduleSchema.optional(),
  /** The version this change was made on; an older one than the row's is refused with 409. */
  version: z.int().positive().optional(),
});
/** What the hours were, oldest first; the first also holds for all time before it. */
export const scheduleHistoryShape = z.object({
  items: z.array(z.object({ validFrom: z.iso.datetime(), definition: scheduleSchema })),
  nextCursor: z.null(),
});
