import { dayOfDate, daySeconds, weekdayOf } from './calendar-day.ts';
import { wallSeconds, weekdays } from './contract.ts';
import { firstDay, lastDay } from './instant.ts';
import type { Schedule } from './schedule.ts';
import { instantOfWall, zoneOffsets } from './zone-offsets.ts';

type WallInterval = { start: number; end: number };
type Period = { day: number; start: number; end: number };

/**
 * The open periods of 32 local days, in seconds since 1970: sorted, never empty, never overlapping.
 * `days[i]` is the local day on which period i starts by the schedule, `openBefore[i]` the open seconds of
 * the page before it.
 */
export type OpenPage = {
  index: number;
  days: number[];
  starts: number[];
  ends: number[];
  openBefore: number[];
  openSeconds: number;
};

/** A schedule with its times as numbers and the pages resolved so far. */
export type OpenPages = {
  zone: ReturnType<typeof zoneOffsets>;
  week: WallInterval[][];
  shifts: Map<number, WallInterval[]>;
  breaks: Map<number, WallInterval[]>;
  holidays: Set<number>;
  firstPage: number;
  lastPage: number;
  pages: Map<number, OpenPage>;
  latest: OpenPage | null;
};

const pageDays = 32;
/** About 17 years a schedule; the least recently used page goes first. */
const mostPages = 192;
const warm = new WeakMap<Schedule, OpenPages>();

export function openPages(schedule: Schedule): OpenPages {
  const known = warm.get(schedule);
  if (known) return known;
  const week = weekdays.map((weekday) => wallIntervals(schedule.hours[weekday]));
  const shifts = byDay(schedule.shifts);
  const pages: OpenPages = {
    zone: zoneOffsets(schedule.tz),
    week,
    shifts,
    breaks: byDay(schedule.breaks),
    holidays: new Set(schedule.holidays.map(dayOfDate)),
    ...searchBounds(week, shifts),
    pages: new Map(),
    latest: null,
  };
  warm.set(schedule, pages);
  return pages;
}

export function pageOfDay(day: number): number {
  return Math.floor(day / pageDays);
}

/**
 * The page that an instant's neighbours start on or after: two days of room for wall clocks ahead of UTC and
 * for periods that cross midnight.
 */
export function earliestPage(instant: number): number {
  return pageOfDay(Math.floor(instant / daySeconds) - 2);
}

/** The page that an instant's neighbours start on or before. */
export function latestPage(instant: number): number {
  return pageOfDay(Math.floor(instant / daySeconds) + 2);
}

export function openPage(open: OpenPages, index: number): OpenPage {
  if (open.latest?.index === index) return open.latest;
  const page = open.pages.get(index) ?? resolvePage(open, index);
  open.pages.delete(index);
  open.pages.set(index, page);
  if (open.pages.size > mostPages) open.pages.delete(open.pages.keys().next().value!);
  open.latest = page;
  return page;
}

/** Index of the first period of the page that ends after the instant. */
export function firstEndingAfter(page: OpenPage, instant: number): number {
  let low = 0;
  let high = page.ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (page.ends[middle]! > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Is the instant inside a break, open or not? */
export function isInBreak(open: OpenPages, instant: number): boolean {
  const day = Math.floor(instant / daySeconds);
  return resolveBreaks(open, day - 2, day + 2).some(({ start, end }) => start <= instant && instant < end);
}

/** A schedule without weekly hours opens on its shift dates only: nothing else is searched. */
function searchBounds(week: WallInterval[][], shifts: Map<number, WallInterval[]>) {
  const isWeekly = week.some((intervals) => intervals.length > 0);
  const days = [...shifts].filter(([, intervals]) => intervals.length > 0).map(([day]) => day);
  const first = isWeekly ? firstDay : days.reduce((a, b) => Math.min(a, b), lastDay);
  const last = isWeekly ? lastDay : days.reduce((a, b) => Math.max(a, b), firstDay);
  return {
    firstPage: pageOfDay(Math.max(first, firstDay)),
    lastPage: pageOfDay(Math.min(last, lastDay)),
  };
}

function byDay(days: Schedule['shifts']): Map<number, WallInterval[]> {
  return new Map(
    Object.entries(days).map(([date, intervals]) => [dayOfDate(date), wallIntervals(intervals)]),
  );
}

function wallIntervals(intervals: readonly (readonly [string, string])[] = []): WallInterval[] {
  return intervals.map(([from, to]) => {
    const start = wallSeconds(from);
    const end = wallSeconds(to);
    return { start, end: end > start ? end : end + daySeconds };
  });
}

function resolvePage(open: OpenPages, index: number): OpenPage {
  const first = index * pageDays;
  const last = first + pageDays - 1;
  const breaks = resolveBreaks(open, first - 2, last + 2);
  const periods = withoutOverlaps(resolveHours(open, first - 2, last + 1))
    .filter(({ day }) => day >= first && day <= last)
    .flatMap((period) => cutBreaks(period, breaks));
  const page: OpenPage = { index, days: [], starts: [], ends: [], openBefore: [], openSeconds: 0 };
  for (const { day, start, end } of periods) {
    page.days.push(day);
    page.starts.push(start);
    page.ends.push(end);
    page.openBefore.push(page.openSeconds);
    page.openSeconds += end - start;
  }
  return page;
}

function resolveHours(open: OpenPages, first: number, last: number): Period[] {
  const periods: Period[] = [];
  for (let day = first; day <= last; day++) {
    if (open.holidays.has(day)) continue;
    const intervals = open.shifts.get(day) ?? open.week[weekdayOf(day)]!;
    for (const interval of intervals) periods.push(resolveInterval(open, day, interval));
  }
  return periods;
}

function resolveBreaks(open: OpenPages, first: number, last: number): Period[] {
  if (open.breaks.size === 0) return [];
  const periods: Period[] = [];
  for (let day = first; day <= last; day++) {
    for (const interval of open.breaks.get(day) ?? []) periods.push(resolveInterval(open, day, interval));
  }
  return periods.sort(byStart);
}

function resolveInterval({ zone }: OpenPages, day: number, { start, end }: WallInterval): Period {
  const midnight = day * daySeconds;
  return { day, start: instantOfWall(zone, midnight + start), end: instantOfWall(zone, midnight + end) };
}

/** A skipped hour can push one period into the next, a night shift can run into a changed day. */
function withoutOverlaps(periods: Period[]): Period[] {
  let closed = Number.NEGATIVE_INFINITY;
  return periods.sort(byStart).flatMap(({ day, start, end }) => {
    const opened = Math.max(start, closed);
    closed = Math.max(closed, end);
    return opened < end ? [{ day, start: opened, end }] : [];
  });
}

function cutBreaks({ day, start, end }: Period, breaks: Period[]): Period[] {
  const left: Period[] = [];
  let opened = start;
  for (const pause of breaks) {
    if (pause.end <= opened || pause.start >= end || pause.end <= pause.start) continue;
    if (pause.start > opened) left.push({ day, start: opened, end: pause.start });
    opened = pause.end;
  }
  if (opened < end) left.push({ day, start: opened, end });
  return left;
}

function byStart(a: Period, b: Period): number {
  return a.start - b.start || a.end - b.end;
}
