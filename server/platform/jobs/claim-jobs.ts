import { randomUUID } from 'node:crypto';
import { type Queryable, sql } from '../db/database.ts';
import { type ClaimedJob, LeaseLost } from './job.ts';

const leaseSeconds = 60;

interface JobRow {
  id: number;
  kind: string;
  payload: unknown;
  attempts: number;
  max_attempts: number;
  lease_token: string;
  caused_by: number | null;
}

/** Takes due jobs under a lease. A worker that dies loses them when the lease runs out. */
export async function claimJobs(
  db: Queryable,
  kinds: string[],
  limit: number,
  at: Date | null,
): Promise<ClaimedJob[]> {
  const rows = await db.all<JobRow>(sql`
    with due as (
      select id from jobs
      where state = 'ready' and run_at <= coalesce(${at}::timestamptz, now()) and kind = any(${kinds}::text[])
        and (lease_until is null or lease_until < now())
      order by priority, run_at, id limit ${limit} for update skip locked
    )
    update jobs set attempts = attempts + 1, lease_token = ${randomUUID()},
      lease_until = now() + make_interval(secs => ${leaseSeconds})
    from due where jobs.id = due.id
    returning jobs.id, jobs.kind, jobs.payload, jobs.attempts, jobs.max_attempts, jobs.lease_token, jobs.caused_by`);
  return rows
    .sort((a, b) => a.id - b.id)
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      payload: row.payload,
      attempts: row.attempts,
      maxAttempts: row.max_attempts,
      leaseToken: row.lease_token,
      causedBy: row.caused_by,
    }));
}

/** Removes a done job, and refuses when the lease is no longer ours: the token is the fence. */
export async function finishJob(tx: Queryable, job: ClaimedJob): Promise<void> {
  const removed = await tx.write(
    sql`delete from jobs where id = ${job.id} and lease_token = ${job.leaseToken}`,
  );
  if (removed === 0) throw new LeaseLost(`job ${job.id} (${job.kind}) belongs to another worker now`);
}

export async function keepLease(db: Queryable, job: ClaimedJob): Promise<void> {
  await db.write(sql`update jobs set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where id = ${job.id} and lease_token = ${job.leaseToken}`);
}

export async function postponeJob(
  db: Queryable,
  job: ClaimedJob,
  seconds: number,
  reason: string,
): Promise<void> {
  await db.write(sql`update jobs set run_at = greatest(run_at, now()) + make_interval(secs => ${seconds}),
      lease_until = null, lease_token = null, last_error = ${reason.slice(0, 2000)}
    where id = ${job.id} and lease_token = ${job.leaseToken}`);
}

/** A dead letter: kept with its reason until a person retries or drops it. */
export async function buryJob(db: Queryable, job: ClaimedJob, reason: string): Promise<void> {
  await db.write(sql`update jobs set state = 'dead', lease_until = null, lease_token = null,
      last_error = ${reason.slice(0, 2000)}
    where id = ${job.id} and lease_token = ${job.leaseToken}`);
}

/** Seconds until the next try: 2, 4, 8 … up to an hour, spread by a fifth. */
export function backoffSeconds(attempts: number, chance: number): number {
  const base = Math.min(3600, 2 ** Math.min(attempts, 12));
  return Math.round(base * (0.9 + 0.2 * chance));
}

/** When this process is the only one there can be, leases of a killed predecessor need not be waited for. */
export async function releaseLeases(db: Queryable): Promise<void> {
  await db.write(sql`update jobs set lease_until = null, lease_token = null where lease_until is not null`);
}
