import { randomBytes } from 'node:crypto';
import { type Queryable, sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { type Asking, refuseTooMany } from './wire-route.ts';

export const bulkKind = 'wire.bulk';

export interface JobRow {
  id: string;
  job_type: string;
  work: string;
  items: unknown[];
  asked_by: Asking['who'];
  status: 'queued' | 'working' | 'completed' | 'failed';
  progress: number;
  total: number;
  results: unknown[];
}

export interface NewWireJob {
  /** The wire's name for it. */
  type: string;
  /** A key of `works`. */
  work: string;
  items: unknown[];
}

/** Writes down what is to be done, one item after another, and answers the job's state. */
export async function startJob(
  asking: Asking,
  { type, work, items }: NewWireJob,
): Promise<{ job_status: object }> {
  refuseTooMany(items);
  if (items.length === 0) throw invalid({ ids: 'nothing is named' });
  const id = randomBytes(16).toString('hex');
  await asking.desk.run(actorOf(asking.who), async (cx) => {
    await cx.tx.write(sql`
      insert into wire_jobs (id, job_type, work, items, asked_by, total, created_at, updated_at)
      values (${id}, ${type}, ${work}, ${JSON.stringify(items)}::jsonb, ${JSON.stringify(asking.who)}::jsonb,
        ${items.length}, ${cx.now}, ${cx.now})`);
    cx.enqueue({ kind: bulkKind, key: `${bulkKind}:${id}`, payload: { id } });
  });
  const row = await findJob(asking.desk.db, id);
  return { job_status: presentJob(asking.base, row as JobRow) };
}

export async function findJob(db: Queryable, id: string): Promise<JobRow | undefined> {
  return db.maybe<JobRow>(sql`select * from wire_jobs where id = ${id}`);
}

export function presentJob(base: string, row: JobRow): { id: string } & Record<string, unknown> {
  const done = row.status === 'completed' || row.status === 'failed';
  return {
    id: row.id,
    url: `${base}/api/v2/job_statuses/${row.id}.json`,
    job_type: row.job_type,
    total: row.total,
    progress: row.progress,
    status: row.status,
    message: done ? 'Completed' : null,
    results: done ? row.results : null,
  };
}
