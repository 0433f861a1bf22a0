import { HttpError } from '../../../platform/http/errors.ts';
import type { Period, Weekday, Window } from '../arithmetic/period.ts';
import { localDate, periodAround, splitPeriod, startOfDay, windowOf, zoned } from '../arithmetic/period.ts';
import type { FigureRequest } from './figure-request.ts';

export type Interval = 'hour' | 'day' | 'week' | 'month';

const mostPoints = 1500;

/** The hours, local days, weeks or months of a period, the first and the last cut to it. */
export function splitWindow({ window, timeZone, weekStart }: FigureRequest, interval: Interval): Window[] {
  const seconds = { hour: 3600, day: 82_800, week: 594_000, month: 2_400_000 }[interval];
  if ((window.to - window.from) / 1000 / seconds > mostPoints) {
    throw new HttpError(
      400,
      'bad_request',
      `A series has at most ${mostPoints} points; ask for a longer interval.`,
      {
        fields: { interval: 'too short for this period' },
      },
    );
  }
  const parts =
    interval === 'hour' ? hoursOf(window, timeZone) : unitsOf(window, interval, timeZone, weekStart);
  return parts
    .map(({ from, to }) => ({ from: Math.max(from, window.from), to: Math.min(to, window.to) }))
    .filter(({ from, to }) => from < to);
}

function unitsOf(window: Window, unit: 'day' | 'week' | 'month', tz: string, weekStart: Weekday): Window[] {
  const last = periodAround(window.to - 1000, tz, unit, weekStart);
  const whole: Period = { from: periodAround(window.from, tz, unit, weekStart).from, to: last.to, tz };
  return splitPeriod(whole, unit, weekStart).map(windowOf);
}

/**
 * Local hours begin at a full hour of the wall, which some zones keep 30 or 45 minutes away from UTC's. Where clocks
 * change by half an hour (Lord Howe), that half hour is a point of its own.
 */
function hoursOf({ from, to }: Window, tz: string): Window[] {
  const hours: Window[] = [];
  let begin = zoned(from, tz).with({ minute: 0, second: 0, millisecond: 0 });
  if (begin.epochMilliseconds > from) begin = zoned(startOfDay(localDate(from, tz), tz), tz);
  while (begin.epochMilliseconds < to) {
    const inAnHour = begin.add({ hours: 1 });
    const full = inAnHour.round({ smallestUnit: 'hour', roundingMode: 'floor' });
    const next = full.epochMilliseconds > begin.epochMilliseconds ? full : inAnHour;
    hours.push({ from: begin.epochMilliseconds, to: next.epochMilliseconds });
    begin = next;
  }
  return hours;
}
