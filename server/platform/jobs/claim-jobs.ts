import { randomUUID } from 'node:crypto';
import { type Queryable, raw, type Sql, sql } from '../db/database.ts';
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
      where state = 'ready' and run_at <= coalesce(${at}::timestamptz, now()) and kind in (${named(kinds)})
        and (lease_until is null or lease_until < now())
      order by priority, run_at, id limit ${raw(String(Math.floor(limit)))} for update skip locked
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

/** In the statement's text, with the limit: then the server plans it once, where it would plan for each run. */
function named(kinds: string[]): Sql {
  const odd = kinds.find((kind) => !/^[a-z0-9_.]+$/.test(kind));
  if (odd !== undefined) throw new Error(`a job cannot be called ${odd}`);
  return raw(kinds.map((kind) => `'${kind}'`).join(', ') || 'null');
}

/**
 * Removes a done job, and fails when the lease is no longer ours: the token is the fence. The failure is the
 * statement's own, so that it ends a transaction whose commit is on its way already.
 */
export async function finishJob(tx: Queryable, job: ClaimedJob): Promise<void> {
  try {
    await tx.one(sql`
      with removed as (delete from jobs where id = ${job.id} and lease_token = ${job.leaseToken} returning 1)
      select 1 / (select count(*) from removed) as held`);
  } catch (error) {
    if ((error as { code?: string }).code !== divisionByZero) throw error;
    throw new LeaseLost(`job ${job.id} (${job.kind}) belongs to another worker now`);
  }
}

const divisionByZero = '22012';

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
