import { type Queryable, type Sql, sql } from '../db/database.ts';

export interface NewJob {
  kind: string;
  payload: Record<string, unknown>;
  /** Default: at once. */
  runAt?: Date;
  /** A second job with the same key is not added while the first is there. */
  key?: string;
  /** Lower runs first; 5 is ordinary. */
  priority?: number;
  maxAttempts?: number;
  causedBy?: number | null;
}

export async function insertJobs(tx: Queryable, now: Date, jobs: NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  await tx.write(sql`
    insert into jobs (kind, key, payload, run_at, priority, max_attempts, caused_by)
    select * from unnest(
      ${jobs.map((job) => job.kind)}::text[], ${jobs.map((job) => job.key ?? null)}::text[],
      ${jobs.map((job) => JSON.stringify(job.payload))}::jsonb[],
      ${jobs.map((job) => (job.runAt ?? now).toISOString())}::timestamptz[],
      ${jobs.map((job) => job.priority ?? 5)}::smallint[], ${jobs.map((job) => job.maxAttempts ?? 12)}::int[],
      ${jobs.map((job) => job.causedBy ?? null)}::bigint[])
    on conflict (key) do nothing`);
}

/** Jobs made by a query of (kind, payload, run_at): for a door that must write rows and their job in one statement. */
export const jobsFrom = (rows: Sql): Sql => sql`insert into jobs (kind, payload, run_at) ${rows}`;

/** A planned try of the job with this key happens now; one that was given up is tried anew. */
export async function hastenJob(cx: { tx: Queryable; now: Date }, key: string): Promise<void> {
  await cx.tx.write(sql`
    update jobs set run_at = ${cx.now}, state = 'ready', attempts = case state when 'dead' then 0 else attempts end
    where key = ${key}`);
}
