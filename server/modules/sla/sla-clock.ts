/**
 * One clock of a promise: a target (claim, first reply, next reply, resolution) of one ticket in one cycle. Pure.
 *
 * Instants are milliseconds since 1970 cut to whole seconds, amounts whole seconds. A clock is the list of the
 * stretches that count (`runs`); what they amount to is read through a `WorkingTime`, calendar or business, so a
 * change of hours or of the kind of clock never loses what was used before. Elapsed up to the target is kept, one
 * second more is a breach. Sources: the definition of SLA attainment; claim and reply targets never pause,
 * resolution targets pause in the statuses that the policy names, and a reopened resolution goes on where it stopped.
 */
import { addBusinessSecondsOver, businessSecondsOver, type ScheduleHistory } from '../schedules/index.ts';
import type { Measure, Target } from './contract.ts';
import type { CancelCause } from './events.ts';

/** `[from, to]`; `to` is null while it runs. */
export type Run = readonly [from: number, to: number | null];

/** What a policy promised for this clock. */
export interface Promised {
  policyId: number;
  policyVersion: number;
  priority: 'low' | 'normal' | 'high' | 'urgent' | null;
  clock: Measure;
  targetSeconds: number;
}

export interface SlaClock {
  readonly target: Target;
  /** 1, 2, … in each target of a ticket. */
  readonly cycle: number;
  readonly startedAt: number;
  readonly runs: readonly Run[];
  readonly fulfilledAt: number | null;
  readonly cancelledAt: number | null;
  readonly cancelledBy: CancelCause | null;
  readonly promised: Promised | null;
  readonly appliedAt: number | null;
  /** Four fifths used. All three are null where it never comes, as while it is paused. */
  readonly warnAt: number | null;
  /** The whole target used. */
  readonly dueAt: number | null;
  /** The first second past the target: after business hours it can be days after `dueAt`. */
  readonly overdueAt: number | null;
  readonly warnedAt: number | null;
  readonly breachedAt: number | null;
}

/** Seconds that count, either way. `after` is null where they never pass. */
export interface WorkingTime {
  between(from: number, to: number): number;
  after(from: number, seconds: number): number | null;
}

export const calendarTime: WorkingTime = {
  between: (from, to) => Math.max(0, to - from) / 1000,
  after: (from, seconds) => from + seconds * 1000,
};

export function businessTime(history: ScheduleHistory): WorkingTime {
  return {
    between: (from, to) => businessSecondsOver(history, from, to),
    after: (from, seconds) => addBusinessSecondsOver(history, from, seconds),
  };
}

/** Whole seconds: fractions are cut before anything is subtracted. */
export function cutInstant(at: Date | number): number {
  return Math.floor(Number(at) / 1000) * 1000;
}

/** A reopened resolution carries the runs of the cycle before it. */
export function startClock(
  target: Target,
  cycle: number,
  at: number,
  carried: readonly Run[] = [],
): SlaClock {
  return {
    target,
    cycle,
    startedAt: at,
    runs: [...carried, [at, null]],
    fulfilledAt: null,
    cancelledAt: null,
    cancelledBy: null,
    promised: null,
    appliedAt: null,
    warnAt: null,
    dueAt: null,
    overdueAt: null,
    warnedAt: null,
    breachedAt: null,
  };
}

export const isLive = (clock: SlaClock): boolean => clock.fulfilledAt === null && clock.cancelledAt === null;

export const isRunning = (clock: SlaClock): boolean => isLive(clock) && clock.runs.at(-1)?.[1] === null;

export const isPaused = (clock: SlaClock): boolean => isLive(clock) && !isRunning(clock);

/** Since when it stands still; null while it runs or has ended. */
export const pausedSince = (clock: SlaClock): number | null =>
  isPaused(clock) ? (clock.runs.at(-1)?.[1] ?? null) : null;

export function pauseClock(clock: SlaClock, at: number): SlaClock {
  return isRunning(clock) ? { ...clock, runs: closeRuns(clock.runs, at) } : clock;
}

export function resumeClock(clock: SlaClock, at: number): SlaClock {
  if (!isPaused(clock)) return clock;
  const from = Math.max(at, clock.runs.at(-1)?.[1] ?? at);
  return { ...clock, runs: [...clock.runs, [from, null]] };
}

export function fulfilClock(clock: SlaClock, at: number): SlaClock {
  if (!isLive(clock)) return clock;
  return { ...clock, runs: closeRuns(clock.runs, at), fulfilledAt: Math.max(at, clock.startedAt) };
}

/** The same for one that may be cancelled: it stays so, and is not owed again when the ticket comes back. */
export function fulfilAnyway(clock: SlaClock, at: number): SlaClock {
  const { cancelledAt, cancelledBy } = clock;
  return { ...fulfilClock({ ...clock, cancelledAt: null, cancelledBy: null }, at), cancelledAt, cancelledBy };
}

/** Keeps its open run, so that it can be taken up again as if nothing had been. */
export function cancelClock(clock: SlaClock, at: number, cause: CancelCause): SlaClock {
  return isLive(clock) ? { ...clock, cancelledAt: at, cancelledBy: cause } : clock;
}

/** The customer waited all the while; but nothing counts as broken before it was taken up again. */
export function reviveClock(clock: SlaClock, at: number): SlaClock {
  if (clock.cancelledAt === null) return clock;
  return { ...clock, cancelledAt: null, cancelledBy: null, appliedAt: clock.promised ? at : null };
}

/** The wait began earlier than was known here; but nothing counts as broken before it was known. */
export function countFrom(clock: SlaClock, since: number, at: number): SlaClock {
  const [first, ...rest] = clock.runs;
  if (!isLive(clock) || !first || first[0] <= since) return clock;
  return { ...clock, runs: [[since, first[1]], ...rest], appliedAt: clock.promised ? at : null };
}

/** What came before `since` was no wait after all; the same clock where nothing did. */
export function startNoEarlier(clock: SlaClock, since: number): SlaClock {
  if ((clock.runs[0]?.[0] ?? since) >= since) return clock;
  const runs = clock.runs
    .filter(([, to]) => to === null || to > since)
    .map(([from, to]): Run => [Math.max(from, since), to]);
  return { ...clock, runs };
}

/** Ends the run that is open, if one is. */
export function closeRuns(runs: readonly Run[], at: number): Run[] {
  return runs.map(([from, to]) => [from, to ?? Math.max(from, at)]);
}

/** A new promise on a clock that runs already: counted from its start, due or broken no earlier than `at`. */
export function applyPromise(clock: SlaClock, promised: Promised | null, at: number): SlaClock {
  return { ...clock, promised, appliedAt: promised ? at : null, warnedAt: null };
}

/** Seconds used up to `asOf`, or up to its end where that was earlier. */
export function elapsedSeconds(clock: SlaClock, time: WorkingTime, asOf: number): number {
  const end = Math.min(asOf, clock.cancelledAt ?? asOf);
  return clock.runs.reduce((sum, [from, to]) => sum + time.between(from, Math.min(to ?? end, end)), 0);
}

/** Calendar seconds it stood still since its first run began. */
export function pausedSeconds(clock: SlaClock, asOf: number): number {
  const first = clock.runs[0]?.[0] ?? asOf;
  const end = clock.fulfilledAt ?? clock.cancelledAt ?? asOf;
  return calendarTime.between(first, end) - elapsedSeconds(clock, calendarTime, end);
}

/** The instant at which `seconds` are used; null where the clock stands still, or is stopped, before that. */
export function instantUsed(clock: SlaClock, time: WorkingTime, seconds: number): number | null {
  let left = seconds;
  for (const [from, to] of clock.runs) {
    if (to === null) return time.after(from, left);
    const used = time.between(from, to);
    if (used >= left) return time.after(from, left);
    left -= used;
  }
  return null;
}

/** Reads the promise's three instants anew: after a start, pause, resume, new promise or change of hours. */
export function dateClock(clock: SlaClock, time: WorkingTime): SlaClock {
  const target = clock.promised?.targetSeconds;
  if (target === undefined) return { ...clock, warnAt: null, dueAt: null, overdueAt: null };
  return {
    ...clock,
    warnAt: instantUsed(clock, time, Math.ceil((target * 4) / 5)),
    dueAt: instantUsed(clock, time, target),
    overdueAt: instantUsed(clock, time, target + 1),
  };
}

export interface Due {
  kind: 'warned' | 'breached';
  clock: SlaClock;
  /** What it is dated at: the true instant, however late it is found. */
  at: number;
}

/** What of a clock is due and was not told yet; each comes exactly once, as the clock that comes back remembers. */
export function fireDue(clock: SlaClock, now: number): { clock: SlaClock; due: Due[] } {
  const { warnAt, dueAt, overdueAt, appliedAt } = clock;
  const due: Due[] = [];
  let after = clock;
  if (!isLive(clock) || clock.breachedAt !== null) return { clock, due };
  if (clock.warnedAt === null && warnAt !== null && warnAt <= now) {
    const at = Math.max(warnAt, appliedAt ?? warnAt);
    after = { ...after, warnedAt: at };
    due.push({ kind: 'warned', clock: after, at });
  }
  if (overdueAt !== null && dueAt !== null && overdueAt <= now) {
    const at = Math.max(dueAt, appliedAt ?? dueAt);
    after = { ...after, breachedAt: at };
    due.push({ kind: 'breached', clock: after, at });
  }
  return { clock: after, due };
}

/** When `fireDue` next has something to tell; null when never. */
export function nextCheck(clock: SlaClock): number | null {
  if (!isLive(clock) || clock.breachedAt !== null) return null;
  const instants = [clock.warnedAt === null ? clock.warnAt : null, clock.overdueAt];
  return earliest(instants);
}

export function earliest(instants: (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** What names a clock inside its ticket. */
export const clockKey = ({ target, cycle }: Pick<SlaClock, 'target' | 'cycle'>): string =>
  `${target} ${cycle}`;
