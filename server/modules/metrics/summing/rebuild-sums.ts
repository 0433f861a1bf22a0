import { type Database, type Queryable, sql } from '../../../platform/db/database.ts';
import { datedIn } from './parts-of-period.ts';
import { addToRanks, addToSpans, addToSums, DAYS } from './roll-rows.ts';
import { whileHeld } from './while-held.ts';

/** Whether each series has as many rows as its sums say. */
export async function areSumsWhole(db: Queryable): Promise<boolean> {
  const { whole } = await db.one<{ whole: boolean }>(sql`
    select coalesce(bool_and(rows.n is not distinct from sums.n), true) as whole
    from (select series, count(*) as n from observation_parts group by series) as rows
    full join (select series, sum(n) as n from observation_sums where span = 0 group by series having sum(n) <> 0) as sums
      using (series)`);
  return whole;
}

/** All roll-ups anew from the rows that are stored, a day in a transaction; readers see a day as it was or as it is. */
export async function rebuildSums(db: Database): Promise<void> {
  const days = await db.all<{ day: number }>(sql`
    select utc_day(at) as day from observations union select utc_day(since) from observations where since is not null
    union select bucket from observation_sums where span = 0 union select day from observation_spans
    union select bucket from observation_ranks where span = 0 order by 1`);
  for (const { day } of days) await whileHeld(db, (tx) => rebuildDay(tx, day));
  await whileHeld(db, rebuildWideSpans);
}

async function rebuildDay(tx: Queryable, day: number): Promise<void> {
  const rows = datedIn({ from: day * 86_400, to: (day + 1) * 86_400 });
  await tx.write(sql`delete from observation_sums where span = 0 and bucket = ${day}`);
  await tx.write(sql`delete from observation_ranks where span = 0 and bucket = ${day}`);
  await tx.write(sql`delete from observation_spans where day = ${day}`);
  await tx.write(sql`delete from observation_days where day = ${day}`);
  await tx.write(addToSums(rows, 1, DAYS));
  await tx.write(addToRanks(rows, 1, DAYS));
  await tx.write(addToSpans(rows, 1));
  await tx.write(sql`
    insert into observation_days
    select measure, ${day}, min(recorded_at), max(greatest(recorded_at, retracted_at)) from observations
    where measure = any(enum_range(null::measure)) and at >= ${day * 86_400}::bigint
      and at < ${(day + 1) * 86_400}::bigint group by measure`);
}

async function rebuildWideSpans(tx: Queryable): Promise<void> {
  await tx.write(sql`delete from observation_sums where span > 0`);
  await tx.write(sql`delete from observation_ranks where span > 0`);
  await tx.write(sql`
    insert into observation_sums
    select series, wide, bucket >> (3 * wide), kind, channel, excluded_reason, lasts, sum(n), sum(value), sum(business),
      sum(clocked), sum(creation)
    from observation_sums cross join (values (1), (2)) as spans (wide) where span = 0 group by 1, 2, 3, 4, 5, 6, 7`);
  await tx.write(sql`
    insert into observation_ranks
    select series, clock, wide, bucket >> (3 * wide), channel, value_bucket, sum(n)
    from observation_ranks cross join (values (1), (2)) as spans (wide) where span = 0 group by 1, 2, 3, 4, 5, 6`);
}
