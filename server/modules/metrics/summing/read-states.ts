import { type Queryable, sql } from '../../../platform/db/database.ts';
import { countAges } from '../arithmetic/age-buckets.ts';
import type { Sums } from './sums.ts';

export type States = Pick<Sums, 'unsolved' | 'unanswered'>;

export const noStates: States = {
  unsolved: { n: 0, byStatus: {}, ages: countAges([]), oldestSince: null },
  unanswered: { n: 0, oldestSince: null },
};

/** What was unsolved and unanswered at a second. */
export async function readStates(db: Queryable, at: number): Promise<States> {
  const [unsolved, unanswered] = await Promise.all([readUnsolved(db, at), readUnanswered(db, at)]);
  return { unsolved, unanswered };
}

const holding = (at: number) =>
  sql`coalesce(until, 253402300799) > ${at}::bigint and at <= ${at}::bigint and retracted_at is null`;

async function readUnsolved(db: Queryable, at: number): Promise<States['unsolved']> {
  const age = sql`${at}::bigint - coalesce(since, at)`;
  const rows = await db.all<{ kind: string; n: number; a: number; b: number; c: number; oldest: number }>(sql`
    select kind, count(*) as n, count(*) filter (where ${age} < 86400) as a,
      count(*) filter (where ${age} >= 86400 and ${age} <= 259200) as b,
      count(*) filter (where ${age} > 259200 and ${age} <= 604800) as c, min(coalesce(since, at)) as oldest
    from observations where measure = 'unsolved_stay' and ${holding(at)} group by kind`);
  const total = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + pick(row), 0);
  const n = total((row) => row.n);
  const ages = { '<24h': total(({ a }) => a), '1-3d': total(({ b }) => b), '3-7d': total(({ c }) => c) };
  return {
    n,
    byStatus: Object.fromEntries(rows.map(({ kind, n }) => [kind, n])),
    ages: { ...ages, '>7d': n - ages['<24h'] - ages['1-3d'] - ages['3-7d'] },
    oldestSince: rows.length === 0 ? null : Math.min(...rows.map(({ oldest }) => oldest)) * 1000,
  };
}

async function readUnanswered(db: Queryable, at: number): Promise<States['unanswered']> {
  const { n, oldest } = await db.one<{ n: number; oldest: number | null }>(sql`
    select count(*) as n, min(coalesce(since, at)) as oldest from observations
    where measure = 'first_response_wait' and ${holding(at)} and excluded_reason is null`);
  return { n, oldestSince: oldest === null ? null : oldest * 1000 };
}
