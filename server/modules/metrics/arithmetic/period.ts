import { Temporal } from 'temporal-polyfill';

/** Half-open instants in ms since 1970: `from` is in, `to` is out. */
export type Window = { readonly from: number; readonly to: number };

/** Half-open local days "YYYY-MM-DD" in a time zone. */
export type Period = { readonly from: string; readonly to: string; readonly tz: string };

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const PERIOD_UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** The first instant of a local day; where midnight is skipped, the moment after the gap. */
export function startOfDay(date: string | Temporal.PlainDate, tz: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(tz).epochMilliseconds;
}

/** The instants of a period of local days. Throws RangeError for an unknown zone, day or `to` before `from`. */
export function windowOf(period: Period): Window {
  const window = { from: startOfDay(period.from, period.tz), to: startOfDay(period.to, period.tz) };
  if (window.to < window.from) throw new RangeError('A period cannot end before it begins');
  return window;
}

/** The local day an instant falls on, "YYYY-MM-DD". */
export function localDate(atMs: number, tz: string): string {
  return zoned(atMs, tz).toPlainDate().toString();
}

/** The week that contains an instant, as [first day, first day of the next week). */
export function weekOf(atMs: number, tz: string, weekStart: Weekday): [string, string] {
  const first = startOfUnit(zoned(atMs, tz).toPlainDate(), 'week', weekStart);
  return [first.toString(), first.add({ days: 7 }).toString()];
}

/** The calendar unit that contains an instant, as local days. */
export function periodAround(atMs: number, tz: string, unit: PeriodUnit, weekStart: Weekday): Period {
  const first = startOfUnit(zoned(atMs, tz).toPlainDate(), unit, weekStart);
  return { from: first.toString(), to: moveUnits(first, unit, 1).toString(), tz };
}

/** Every local day, week, month … of a window, cut to it: what a series walks. */
export function splitPeriod(period: Period, unit: PeriodUnit, weekStart: Weekday): Period[] {
  const end = Temporal.PlainDate.from(period.to);
  const parts: Period[] = [];
  let from = Temporal.PlainDate.from(period.from);
  while (Temporal.PlainDate.compare(from, end) < 0) {
    const next = moveUnits(startOfUnit(from, unit, weekStart), unit, 1);
    const to = Temporal.PlainDate.compare(next, end) < 0 ? next : end;
    parts.push({ from: from.toString(), to: to.toString(), tz: period.tz });
    from = to;
  }
  return parts;
}

export function startOfUnit(
  date: Temporal.PlainDate,
  unit: PeriodUnit,
  weekStart: Weekday,
): Temporal.PlainDate {
  if (unit === 'day') return date;
  if (unit === 'week') {
    const first = WEEKDAYS.indexOf(weekStart) + 1;
    return date.subtract({ days: (date.dayOfWeek - first + 7) % 7 });
  }
  if (unit === 'month') return date.with({ day: 1 });
  if (unit === 'quarter') return date.with({ day: 1, month: date.month - ((date.month - 1) % 3) });
  return date.with({ day: 1, month: 1 });
}

export function moveUnits(date: Temporal.PlainDate, unit: PeriodUnit, count: number): Temporal.PlainDate {
  if (unit === 'day') return date.add({ days: count });
  if (unit === 'week') return date.add({ days: 7 * count });
  if (unit === 'year') return date.add({ years: count });
  return date.add({ months: unit === 'quarter' ? 3 * count : count });
}

export function zoned(atMs: number, tz: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(tz);
}
