import type { SteppedClock } from '../platform/clock.ts';
import { sql } from '../platform/db/database.ts';
import type { Desk } from '../platform/desk.ts';
import type { JobRunner } from '../platform/jobs/job.ts';
import { drainJobs } from '../platform/jobs/work-jobs.ts';

/** It tidies bytes away every ten minutes and dates nothing: thirteen thousand runs that nobody would see. */
const tidying = 'mail.store_raws';

/** Moves a desk's clock, and lets every job run at the moment for which it was set. */
export interface TimeWalk {
  /** To `at`, stopping wherever a job falls due on the way. */
  to(at: Date): Promise<void>;
  /** What is due now. */
  work(): Promise<void>;
}

export function walkTime(desk: Desk, clock: SteppedClock): TimeWalk {
  const runners = new Map<string, JobRunner>(
    desk.modules.flatMap((module) => Object.entries(module.jobs ?? {}).filter(([kind]) => kind !== tidying)),
  );
  const kinds = [...runners.keys()];
  const work = async () => {
    await drainJobs(desk, runners);
  };
  const nextDue = async (): Promise<Date | null> =>
    (
      await desk.db.one<{ at: Date | null }>(sql`
        select min(run_at) as at from jobs
        where state = 'ready' and kind = any(${kinds}::text[]) and (lease_until is null or lease_until < now())`)
    ).at;
  return {
    work,
    async to(at) {
      for (let due = await nextDue(); due && due <= at; due = await nextDue()) {
        if (due.getTime() > (clock.fixed()?.getTime() ?? 0)) clock.set(due);
        await work();
      }
      clock.set(at);
    },
  };
}
