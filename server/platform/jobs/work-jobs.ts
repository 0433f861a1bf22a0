import { traceError } from '../describe-error.ts';
import type { Desk } from '../desk.ts';
import { failpoint } from '../failpoint.ts';
import { backoffSeconds, buryJob, claimJobs, finishJob, keepLease, postponeJob } from './claim-jobs.ts';
import { type ClaimedJob, GiveUp, type JobRunner, LeaseLost, RetryLater } from './job.ts';

export interface JobWorker {
  wake(): void;
  /** Takes no new jobs and waits for the running ones. */
  stop(): Promise<void>;
}

const idleMilliseconds = 1000;

/** Works due jobs, `width` at a time, woken by commits and by a slow poll for jobs that become due. */
export function startJobWorker(
  desk: Desk,
  runners: ReadonlyMap<string, JobRunner>,
  width: number,
): JobWorker {
  const kinds = [...runners.keys()];
  const running = new Set<Promise<void>>();
  let stopped = false;
  let filling = false;
  let again = false;

  async function fill(): Promise<void> {
    if (filling || stopped) {
      again = true;
      return;
    }
    filling = true;
    try {
      do {
        again = false;
        if (running.size >= width) break;
        const jobs = await claimJobs(desk.db, kinds, width - running.size, desk.clock.fixed());
        for (const job of jobs) begin(job);
        if (jobs.length > 0 && running.size < width) again = true;
      } while (again && !stopped);
    } catch (error) {
      desk.log.warn({ error }, 'jobs cannot be claimed');
    } finally {
      filling = false;
    }
  }

  function begin(job: ClaimedJob): void {
    const work = runJob(desk, runners, job).finally(() => {
      running.delete(work);
      void fill();
    });
    running.add(work);
  }

  const poll = setInterval(() => void fill(), idleMilliseconds);
  void fill();
  return {
    wake: () => void fill(),
    async stop() {
      stopped = true;
      clearInterval(poll);
      await Promise.allSettled(running);
    },
  };
}

/** Runs every job that is due now, one by one, until none is left: for tests and sample data. */
export async function drainJobs(desk: Desk, runners: ReadonlyMap<string, JobRunner>): Promise<number> {
  let done = 0;
  for (;;) {
    const jobs = await claimJobs(desk.db, [...runners.keys()], 20, desk.clock.fixed());
    if (jobs.length === 0) return done;
    for (const job of jobs) await runJob(desk, runners, job);
    done += jobs.length;
  }
}

async function runJob(desk: Desk, runners: ReadonlyMap<string, JobRunner>, job: ClaimedJob): Promise<void> {
  const lease = setInterval(() => void keepLease(desk.db, job).catch(() => undefined), 20_000);
  try {
    failpoint('job.claimed');
    const run = runners.get(job.kind);
    if (!run) throw new GiveUp(`nobody runs ${job.kind}`);
    await run(desk, job);
    failpoint('job.done');
    if (!job.finished) await finishJob(desk.db, job);
  } catch (error) {
    await settleFailure(desk, job, error as Error);
  } finally {
    clearInterval(lease);
  }
}

async function settleFailure(desk: Desk, job: ClaimedJob, error: Error): Promise<void> {
  if (error instanceof LeaseLost) return;
  const reason = traceError(error, 3);
  const about = { job: job.id, kind: job.kind, event: job.causedBy, attempts: job.attempts };
  try {
    if (error instanceof GiveUp || (job.attempts >= job.maxAttempts && !(error instanceof RetryLater))) {
      desk.log.error({ ...about, error }, 'job is a dead letter');
      await buryJob(desk.db, job, reason);
      return;
    }
    const seconds = error instanceof RetryLater ? error.seconds : backoffSeconds(job.attempts, Math.random());
    desk.log.warn({ ...about, seconds, error }, 'job postponed');
    await postponeJob(desk.db, job, seconds, reason);
  } catch (failure) {
    // The database is away: the lease runs out and another try takes the job.
    desk.log.warn({ ...about, error: failure }, 'job left to its lease');
  }
}
