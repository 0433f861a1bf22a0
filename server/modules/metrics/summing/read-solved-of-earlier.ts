import { type Queryable, sql } from '../../../platform/db/database.ts';
import { type Cut, DAY } from './cut-windows.ts';
import { piecesOf, runsOf, sharesOf } from './parts-of-period.ts';

const counted = sql`measure = 'full_resolution' and retracted_at is null and excluded_reason is null`;

/** Of each period the resolutions of counted tickets in it that were created before it. */
export async function readSolvedOfEarlier(db: Queryable, cut: Cut): Promise<number[]> {
  const firstSecond = sql`first_day * ${DAY}::bigint`;
  // The run by days of creation; where the begin cuts its day, the run's resolutions of the rest of it; and the pieces.
  const rows = await db.all<{ part: number; n: number }>(sql`
    select part, sum(n) as n from (
      select part, n from ${runsOf(cut)} join observation_spans
        on day >= first_day and day < end_day and since_day < first_day
      union all
      select part, sign(begin - ${firstSecond}) * n from ${runsOf(cut)} cross join lateral (
        select count(*) as n from observations where ${counted}
          and since >= least(begin, ${firstSecond}) and since < greatest(begin, ${firstSecond})
          and at >= ${firstSecond} and at < end_day * ${DAY}::bigint) as of_rest
      where first_day < end_day and begin <> ${firstSecond}
      union all
      select part, sign * n from ${piecesOf(cut)} join ${sharesOf(cut)} using (piece) join ${runsOf(cut)} using (part)
        cross join lateral (select count(*) as n from observations
          where ${counted} and at >= begins and at < ends and since < begin) as of_piece
    ) as parts group by part`);
  const found = new Map(rows.map(({ part, n }) => [part, n]));
  return cut.runs.map((_, part) => found.get(part) ?? 0);
}
