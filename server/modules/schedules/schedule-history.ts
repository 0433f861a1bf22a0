/**
 * Business time over a schedule that changed: each moment is counted by the version valid then, so that a
 * change of hours never restates what was measured before it. The first version also holds for all time
 * before it; of two with the same `validFrom` the later in the list counts.
 */
import { addBusinessSeconds, businessSeconds, isOpen } from './business-time.ts';
import { type Instant, secondsOf } from './instant.ts';
import type { Schedule } from './schedule.ts';

export type ScheduleHistory = readonly { validFrom: Instant; schedule: Schedule }[];

type Reign = { schedule: Schedule; from: number; until: number };

/** Open seconds between two instants; 0 when `to` is not after `from`. */
export function businessSecondsOver(history: ScheduleHistory, from: Instant, to: Instant): number {
  const start = secondsOf(from) * 1_000;
  const end = secondsOf(to) * 1_000;
  return reigns(history).reduce((seconds, { schedule, from: first, until }) => {
    return seconds + businessSeconds(schedule, clamp(first, start, end), clamp(until, start, end));
  }, 0);
}

/** As `addBusinessSeconds`, the deadline moving with every change of hours on its way. */
export function addBusinessSecondsOver(
  history: ScheduleHistory,
  at: Instant,
  seconds: number,
): number | null {
  const start = secondsOf(at) * 1_000;
  let left = seconds;
  for (const { schedule, from, until } of reigns(history)) {
    if (until <= start) continue;
    const begin = Math.max(from, start);
    const reached = addBusinessSeconds(schedule, begin, left);
    const isInReign = reached !== null && (reached < until || (reached === until && left > 0));
    if (isInReign || until === Number.POSITIVE_INFINITY) return reached;
    left -= businessSeconds(schedule, begin, until);
  }
  return null;
}

export function isOpenOver(history: ScheduleHistory, at: Instant): boolean {
  return isOpen(scheduleAt(history, at), at);
}

/**
 * The version valid at an instant.
 *
 * @throws {RangeError} when there is no version at all.
 */
export function scheduleAt(history: ScheduleHistory, at: Instant): Schedule {
  const instant = secondsOf(at) * 1_000;
  return reigns(history).findLast(({ from }) => from <= instant)!.schedule;
}

function reigns(history: ScheduleHistory): Reign[] {
  if (history.length === 0) throw new RangeError('A schedule history needs at least one version');
  const sorted = history
    .map(({ validFrom, schedule }) => ({ schedule, from: Math.floor(Number(validFrom) / 1_000) * 1_000 }))
    .sort((a, b) => a.from - b.from);
  return sorted.map(({ schedule, from }, index) => ({
    schedule,
    from: index === 0 ? Number.NEGATIVE_INFINITY : from,
    until: sorted[index + 1]?.from ?? Number.POSITIVE_INFINITY,
  }));
}

function clamp(instant: number, from: number, to: number): number {
  return Math.min(Math.max(instant, from), to);
}
