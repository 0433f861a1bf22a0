/**
 * Business days of a schedule. A local date is active when at least one open period starts on it by the
 * schedule; a night shift belongs to the date on which it starts. Dates are `YYYY-MM-DD` in the schedule's
 * zone, instants as in `business-time.ts`.
 */
import { nextOpen, type OpenPeriod, subtractBusinessSeconds } from './business-time.ts';
import { dateOfDay, dayOfDate, daySeconds } from './calendar-day.ts';
import { wallSeconds } from './contract.ts';
import { type Instant, secondsOf } from './instant.ts';
import { openPage, openPages, pageOfDay } from './open-pages.ts';
import type { Schedule } from './schedule.ts';
import { instantOfWall, offsetAt } from './zone-offsets.ts';

/**
 * `count` active dates on, at the same wall time, then the first open moment at or after it. 0 days does not
 * move, open or not. `null` when there are not that many.
 */
export function addBusinessDays(schedule: Schedule, at: Instant, count: number): number | null {
  const moved = sameTimeOn(schedule, at, count, listDatesAfter);
  return moved === null || count === 0 ? moved : nextOpen(schedule, moved);
}

/** `count` active dates back, at the same wall time, then the last open moment at or before it. */
export function subtractBusinessDays(schedule: Schedule, at: Instant, count: number): number | null {
  const moved = sameTimeOn(schedule, at, count, listDatesBefore);
  return moved === null || count === 0 ? moved : subtractBusinessSeconds(schedule, moved, 0);
}

/** The next `count` active dates after `date`. */
export function listDatesAfter(schedule: Schedule, date: string, count: number): string[] {
  const open = openPages(schedule);
  const start = dayOfDate(date);
  const days = new Set<number>();
  for (let page = Math.max(pageOfDay(start), open.firstPage); page <= open.lastPage; page++) {
    for (const day of openPage(open, page).days) {
      if (days.size === count) return [...days].map(dateOfDay);
      if (day > start) days.add(day);
    }
  }
  return [...days].map(dateOfDay);
}

/** The last `count` active dates before `date`, newest first. */
export function listDatesBefore(schedule: Schedule, date: string, count: number): string[] {
  const open = openPages(schedule);
  const end = dayOfDate(date);
  const days = new Set<number>();
  for (let page = Math.min(pageOfDay(end), open.lastPage); page >= open.firstPage; page--) {
    for (const day of openPage(open, page).days.toReversed()) {
      if (days.size === count) return [...days].map(dateOfDay);
      if (day < end) days.add(day);
    }
  }
  return [...days].map(dateOfDay);
}

/** The open periods that start on a date; one that crosses midnight is not cut. */
export function listPeriodsOn(schedule: Schedule, date: string): OpenPeriod[] {
  const day = dayOfDate(date);
  const page = openPage(openPages(schedule), pageOfDay(day));
  return page.starts.flatMap((start, index) =>
    page.days[index] === day ? [{ start: start * 1_000, end: page.ends[index]! * 1_000 }] : [],
  );
}

export function isOnHoliday(schedule: Schedule, at: Instant): boolean {
  return openPages(schedule).holidays.has(Math.floor(wallOf(schedule, at) / daySeconds));
}

/**
 * The instant of a local date and time (`24:00` is the end of the day). A time that occurs twice means the
 * first; one that the clock skips moves on by an hour until it exists.
 */
export function localToUtc(schedule: Schedule, date: string, time: string): number {
  return instantOfWall(openPages(schedule).zone, dayOfDate(date) * daySeconds + wallSeconds(time)) * 1_000;
}

type ListDates = (schedule: Schedule, date: string, count: number) => string[];

function sameTimeOn(schedule: Schedule, at: Instant, count: number, listDates: ListDates): number | null {
  const instant = secondsOf(at);
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('Business days are whole, 0 or more');
  if (count === 0) return instant * 1_000;
  const wall = wallOf(schedule, at);
  const day = Math.floor(wall / daySeconds);
  const date = listDates(schedule, dateOfDay(day), count)[count - 1];
  if (date === undefined) return null;
  return instantOfWall(openPages(schedule).zone, wall + (dayOfDate(date) - day) * daySeconds) * 1_000;
}

function wallOf(schedule: Schedule, at: Instant): number {
  const instant = secondsOf(at);
  return instant + offsetAt(openPages(schedule).zone, instant);
}
