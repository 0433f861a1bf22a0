import { type Sql, sql } from '../../../platform/db/database.ts';
import type { Observation } from '../observation.ts';
import type { Cut, Stretch } from './cut-windows.ts';

/** The buckets of the periods as a table `cut (part, span, bucket)`. */
export function bucketsOf({ buckets }: Cut): Sql {
  return sql`unnest(${buckets.map(({ part }) => part)}::int[], ${buckets.map(({ span }) => span)}::smallint[],
    ${buckets.map(({ bucket }) => bucket)}::int[]) as cut (part, span, bucket)`;
}

/** The pieces of days as a table `pieces (begins, ends, piece)`. */
export function piecesOf({ pieces }: Cut): Sql {
  return sql`unnest(${pieces.map(({ from }) => from)}::bigint[], ${pieces.map(({ to }) => to)}::bigint[])
    with ordinality as pieces (begins, ends, piece)`;
}

/** Whose the pieces are as a table `shares (part, piece, sign)`. */
export function sharesOf({ shares }: Cut): Sql {
  return sql`unnest(${shares.map(({ part }) => part)}::int[], ${shares.map(({ piece }) => piece + 1)}::int[],
    ${shares.map(({ sign }) => sign)}::int[]) as shares (part, piece, sign)`;
}

/** The runs of whole days as a table `runs (part, begin, first_day, end_day)`. */
export function runsOf({ runs }: Cut): Sql {
  return sql`unnest(${runs.map((_, part) => part)}::int[], ${runs.map(({ begin }) => begin)}::bigint[],
    ${runs.map(({ firstDay }) => firstDay)}::int[], ${runs.map(({ endDay }) => endDay)}::int[])
    as runs (part, begin, first_day, end_day)`;
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

/** The same of the rows of a piece of a day. */
export const datedInPiece = sql`measure = any(${summed}::measure[]) and second >= begins and second < ends`;
