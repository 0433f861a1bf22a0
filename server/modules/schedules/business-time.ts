/**
 * Business time: seconds in which a schedule is open. Source: clocks walk local opening hours, shifts, breaks
 * and holidays resolved to instants by the zone's own rules, so a day of a clock change is as long as it was.
 *
 * Instants go in as a `Date` or milliseconds, cut to whole seconds, and come out as milliseconds; amounts are
 * whole seconds. Open periods are `[start, end)`. Every function throws a `RangeError` for an instant outside
 * the years 1900 to 2200, and answers `null` where the schedule never gets there within them.
 */
import { type Instant, secondsOf } from './instant.ts';
import {
  earliestPage,
  firstEndingAfter,
  isInBreak,
  latestPage,
  type OpenPage,
  openPage,
  openPages,
} from './open-pages.ts';
import type { Schedule } from './schedule.ts';

/** `[start, end)` in milliseconds since 1970. */
export type OpenPeriod = { start: number; end: number };

/** Open seconds between two instants; 0 when `to` is not after `from`. */
export function businessSeconds(schedule: Schedule, from: Instant, to: Instant): number {
  const start = secondsOf(from);
  const end = secondsOf(to);
  if (end <= start) return 0;
  const open = openPages(schedule);
  const last = Math.min(latestPage(end), open.lastPage);
  let seconds = 0;
  for (let index = Math.max(earliestPage(start), open.firstPage); index <= last; index++) {
    const page = openPage(open, index);
    seconds += openUntil(page, end) - openUntil(page, start);
  }
  return seconds;
}

/**
 * The first moment at which `seconds` open seconds have passed since `at`: 4 hours from Friday 15:00 in
 * 09:00-17:00 is Monday 11:00, 2 hours is Friday 17:00. With 0 it is the first open moment at or after `at`.
 *
 * @throws {RangeError} when `seconds` is negative or not whole.
 */
export function addBusinessSeconds(schedule: Schedule, at: Instant, seconds: number): number | null {
  requireWhole(seconds);
  const start = secondsOf(at);
  const open = openPages(schedule);
  let left = seconds;
  for (let index = Math.max(earliestPage(start), open.firstPage); index <= open.lastPage; index++) {
    const page = openPage(open, index);
    const before = openUntil(page, start);
    const available = page.openSeconds - before;
    if (available > 0 && left === 0) {
      return Math.max(page.starts[firstEndingAfter(page, start)]!, start) * 1_000;
    }
    if (available > 0 && left <= available) return momentReached(page, before + left) * 1_000;
    left -= available;
  }
  return null;
}

/**
 * The last moment from which `seconds` open seconds pass until `at`. With 0 it is `at` when open, else the
 * end of the last period before it.
 *
 * @throws {RangeError} when `seconds` is negative or not whole.
 */
export function subtractBusinessSeconds(schedule: Schedule, at: Instant, seconds: number): number | null {
  requireWhole(seconds);
  const end = secondsOf(at);
  if (seconds === 0) return lastOpen(schedule, end);
  const open = openPages(schedule);
  let left = seconds;
  for (let index = Math.min(latestPage(end), open.lastPage); index >= open.firstPage; index--) {
    const page = openPage(open, index);
    const before = openUntil(page, end);
    if (left <= before) return momentLeft(page, before - left) * 1_000;
    left -= before;
  }
  return null;
}

export function isOpen(schedule: Schedule, at: Instant): boolean {
  return nextOpen(schedule, at) === secondsOf(at) * 1_000;
}

/** The first open moment at or after `at`. */
export function nextOpen(schedule: Schedule, at: Instant): number | null {
  return addBusinessSeconds(schedule, at, 0);
}

/** Is `at` inside a break, whether or not the schedule would be open? */
export function isOnBreak(schedule: Schedule, at: Instant): boolean {
  return isInBreak(openPages(schedule), secondsOf(at));
}

/** Up to `count` open periods from `at` on, oldest first; one that is running is cut to start at `at`. */
export function periodsAfter(schedule: Schedule, at: Instant, count: number): OpenPeriod[] {
  const from = secondsOf(at);
  const open = openPages(schedule);
  const periods: OpenPeriod[] = [];
  for (let index = Math.max(earliestPage(from), open.firstPage); index <= open.lastPage; index++) {
    const page = openPage(open, index);
    for (let each = firstEndingAfter(page, from); each < page.starts.length; each++) {
      if (periods.length === count) return periods;
      periods.push({ start: Math.max(page.starts[each]!, from) * 1_000, end: page.ends[each]! * 1_000 });
    }
  }
  return periods;
}

/** Up to `count` open periods before `at`, newest first; one that is running is cut to end at `at`. */
export function periodsBefore(schedule: Schedule, at: Instant, count: number): OpenPeriod[] {
  const to = secondsOf(at);
  const open = openPages(schedule);
  const periods: OpenPeriod[] = [];
  for (let index = Math.min(latestPage(to), open.lastPage); index >= open.firstPage; index--) {
    const page = openPage(open, index);
    for (let each = page.starts.length - 1; each >= 0; each--) {
      if (page.starts[each]! >= to) continue;
      if (periods.length === count) return periods;
      periods.push({ start: page.starts[each]! * 1_000, end: Math.min(page.ends[each]!, to) * 1_000 });
    }
  }
  return periods;
}

function lastOpen(schedule: Schedule, at: number): number | null {
  if (isOpen(schedule, at * 1_000)) return at * 1_000;
  return periodsBefore(schedule, at * 1_000, 1)[0]?.end ?? null;
}

function openUntil(page: OpenPage, instant: number): number {
  const index = firstEndingAfter(page, instant);
  if (index === page.ends.length) return page.openSeconds;
  return page.openBefore[index]! + Math.max(0, instant - page.starts[index]!);
}

/** The first moment with this many open seconds of the page behind it; more than 0, within the page. */
function momentReached(page: OpenPage, seconds: number): number {
  const index = lastOpenedBefore(page, seconds - 1);
  return page.starts[index]! + seconds - page.openBefore[index]!;
}

/** The last moment with this many open seconds of the page behind it; less than the page has. */
function momentLeft(page: OpenPage, seconds: number): number {
  const index = lastOpenedBefore(page, seconds);
  return page.starts[index]! + seconds - page.openBefore[index]!;
}

/** Index of the period in which the open second numbered `seconds` (from 0) lies. */
function lastOpenedBefore({ openBefore }: OpenPage, seconds: number): number {
  let low = 0;
  let high = openBefore.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (openBefore[middle]! <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
}

function requireWhole(seconds: number): void {
  if (Number.isSafeInteger(seconds) && seconds >= 0) return;
  throw new RangeError('Business time is counted in whole seconds, 0 or more');
}
