import type { WorkingTime } from './working-time.ts';

/** A stretch in ms during which a target runs; `to` is null while it runs still. */
export type Run = { readonly from: number; readonly to: number | null };

export type Verdict = {
  readonly elapsedSeconds: number;
  /** When the target is used up; null where it stands still with time left. */
  readonly dueAt: number | null;
  /** true and false are final; null runs inside its target. */
  readonly met: boolean | null;
};

/**
 * Elapsed up to the target is met, running past it is breached now, running inside is neither.
 * `ended` tells a target that was reached from one that is only paused.
 */
export function judgeTarget(
  targetSeconds: number,
  runs: readonly Run[],
  ended: boolean,
  asOf: number,
  time: WorkingTime,
): Verdict {
  let elapsedSeconds = 0;
  let dueAt: number | null = null;
  for (const [index, { from, to }] of runs.entries()) {
    const isLast = index === runs.length - 1;
    const left = targetSeconds - elapsedSeconds;
    const used = time.secondsBetween(from, Math.max(from, Math.min(to ?? asOf, asOf)));
    if (dueAt === null && (used >= left || (isLast && (ended || to === null))))
      dueAt = time.instantAfter(from, left);
    elapsedSeconds += used;
  }
  if (elapsedSeconds > targetSeconds) return { elapsedSeconds, dueAt, met: false };
  return { elapsedSeconds, dueAt, met: ended ? true : null };
}
