import { wallClock } from '../../../ui/dates.ts';

export const periodNames = [
  'today',
  'week',
  'last_week',
  'month',
  'last_month',
  'days30',
  'quarter',
  'custom',
] as const;
export type PeriodName = (typeof periodNames)[number];
export type WeekStart = 'monday' | 'sunday' | 'saturday';
/** Local days of the desk as `YYYY-MM-DD`, half-open: `to` is the first day that is out. */
export type Days = { from: string; to: string };
export type Interval = 'hour' | 'day' | 'week' | 'month';

const dayMs = 86_400_000;
const firstWeekday: Record<WeekStart, number> = { sunday: 0, monday: 1, saturday: 6 };

/** The days of a named period around the instant `now` (epoch ms), on the clock of the desk's zone. */
export function daysOf(
  name: Exclude<PeriodName, 'custom'>,
  now: number,
  timeZone: string,
  weekStart: WeekStart,
): Days {
  const { year, month, day, weekday } = wallClock(new Date(now), timeZone);
  const at = (y: number, m: number, d: number) => new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10);
  const today = at(year, month, day);
  switch (name) {
    case 'today':
      return { from: today, to: addDays(today, 1) };
    case 'week':
    case 'last_week': {
      const begin = addDays(today, -((weekday - firstWeekday[weekStart] + 7) % 7));
      const from = name === 'week' ? begin : addDays(begin, -7);
      return { from, to: addDays(from, 7) };
    }
    case 'month':
      return { from: at(year, month, 1), to: at(year, month + 1, 1) };
    case 'last_month':
      return { from: at(year, month - 1, 1), to: at(year, month, 1) };
    case 'days30':
      return { from: addDays(today, -29), to: addDays(today, 1) };
    case 'quarter': {
      const first = month - ((month - 1) % 3);
      return { from: at(year, first, 1), to: at(year, first + 3, 1) };
    }
  }
}

export function addDays(day: string, n: number): string {
  return new Date(Date.parse(day) + n * dayMs).toISOString().slice(0, 10);
}

const countDays = ({ from, to }: Days): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** The finest cut of a period that still reads as a chart. */
export function intervalOf(days: Days): Interval {
  const n = countDays(days);
  if (n <= 2) return 'hour';
  if (n <= 62) return 'day';
  return n <= 400 ? 'week' : 'month';
}

/** The local day of an instant. */
export function dayOf(at: string, timeZone: string): string {
  const { year, month, day } = wallClock(new Date(at), timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
