import { Temporal } from 'temporal-polyfill';
import type { Period, PeriodUnit, Weekday, Window } from './period.ts';
import { moveUnits, PERIOD_UNITS, periodAround, startOfDay, startOfUnit, windowOf, zoned } from './period.ts';

export type ComparedWindows = { readonly current: Window; readonly previous: Window };

/** The running unit up to now beside the same elapsed part of the one before. */
export function compareRunning(
  nowMs: number,
  tz: string,
  unit: PeriodUnit,
  weekStart: Weekday = 'mon',
): ComparedWindows {
  return compareWindows(periodAround(nowMs, tz, unit, weekStart), nowMs, weekStart);
}

/**
 * A period of local days beside the one before it: whole calendar units move by units, any other
 * stretch by its number of days. While the period runs, both end at the same day and wall time
 * from their beginning, and the earlier one never reaches into the later.
 * With `sameWeekdays` the move is the next whole number of weeks.
 */
export function compareWindows(
  period: Period,
  asOfMs: number,
  weekStart: Weekday = 'mon',
  sameWeekdays = false,
): ComparedWindows {
  const whole = windowOf(period);
  const from = Temporal.PlainDate.from(period.from);
  const before = previousStart(period, weekStart, sameWeekdays);
  const previousFrom = startOfDay(before, period.tz);
  if (asOfMs >= whole.to) {
    const days = Temporal.PlainDate.from(period.to).since(from).days;
    const to = sameWeekdays ? startOfDay(before.add({ days }), period.tz) : whole.from;
    return { current: whole, previous: { from: previousFrom, to } };
  }
  const end = Math.max(asOfMs, whole.from);
  const sameMoment = moveMoment(end, from, before, period.tz);
  return {
    current: { from: whole.from, to: end },
    previous: { from: previousFrom, to: Math.min(sameMoment, whole.from) },
  };
}

function moveMoment(atMs: number, from: Temporal.PlainDate, before: Temporal.PlainDate, tz: string): number {
  const local = zoned(atMs, tz);
  const days = local.toPlainDate().since(from).days;
  return before.add({ days }).toZonedDateTime({ timeZone: tz, plainTime: local.toPlainTime() })
    .epochMilliseconds;
}

function previousStart(period: Period, weekStart: Weekday, sameWeekdays: boolean): Temporal.PlainDate {
  const from = Temporal.PlainDate.from(period.from);
  const days = Temporal.PlainDate.from(period.to).since(from).days;
  if (sameWeekdays) return from.subtract({ days: 7 * Math.ceil(days / 7) });
  const unit = alignedUnit(period, weekStart);
  if (unit === null) return from.subtract({ days });
  return moveUnits(from, unit, -countUnits(period, unit));
}

function alignedUnit(period: Period, weekStart: Weekday): PeriodUnit | null {
  const from = Temporal.PlainDate.from(period.from);
  const to = Temporal.PlainDate.from(period.to);
  const begins = (date: Temporal.PlainDate, unit: PeriodUnit) =>
    startOfUnit(date, unit, weekStart).equals(date);
  const aligned = [...PERIOD_UNITS].reverse().find((unit) => begins(from, unit) && begins(to, unit));
  return aligned === 'day' ? null : (aligned ?? null);
}

function countUnits(period: Period, unit: PeriodUnit): number {
  const to = Temporal.PlainDate.from(period.to);
  let date = Temporal.PlainDate.from(period.from);
  let count = 0;
  for (; Temporal.PlainDate.compare(date, to) < 0; count += 1) date = moveUnits(date, unit, 1);
  return Math.max(count, 1);
}
