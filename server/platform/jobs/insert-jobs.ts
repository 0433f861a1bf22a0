import { type Queryable, type Sql, sql } from '../db/database.ts';
import { jsonRows } from '../db/json-rows.ts';

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
  const rows = jobs.map(({ kind, key, payload, runAt, priority, maxAttempts, causedBy }) => ({
    kind,
    key: key ?? null,
    payload,
    run_at: runAt ?? now,
    priority: priority ?? 5,
    max_attempts: maxAttempts ?? 12,
    caused_by: causedBy ?? null,
  }));
  await tx.write(sql`
    insert into jobs (kind, key, payload, run_at, priority, max_attempts, caused_by)
    select * from json_to_recordset(${jsonRows(rows)}) as job (kind text, key text, payload jsonb, run_at timestamptz,
      priority smallint, max_attempts int, caused_by bigint)
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
