import { type Sql, sql } from '../../../platform/db/database.ts';
import type { Observation } from '../observation.ts';
import type { Cut, Stretch } from './cut-window.ts';

/** The buckets of a period as a table `cut (span, bucket)`. */
export function bucketsOf({ buckets }: Pick<Cut, 'buckets'>): Sql {
  return sql`unnest(${buckets.map(({ span }) => span)}::smallint[], ${buckets.map(({ bucket }) => bucket)}::int[])
    as cut (span, bucket)`;
}

/** Every measure with sums. */
const summed: Observation['measure'][] = [
  'created',
  'solve',
  'first_resolution',
  'full_resolution',
  'first_response',
  'any_response',
  'claim',
  'backlog_flow',
  'sla_outcome',
];

/** Parts and durations of rows in a stretch that no bucket covers. */
export function datedIn({ from, to }: Stretch): Sql {
  return sql`measure = any(${summed}::measure[]) and second >= ${from}::bigint and second < ${to}::bigint`;
}
