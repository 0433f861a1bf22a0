import { type Queryable, type Sql, sql } from '../../../platform/db/database.ts';

/** Adds known rows to every sum they belong to, or with -1 takes them out again; in the transaction of the change. */
export async function rollRows(tx: Queryable, ids: readonly number[], sign: 1 | -1): Promise<void> {
  if (ids.length === 0) return;
  const these = sql`id = any(${[...ids]}::bigint[])`;
  await tx.write(addToSums(these, sign));
  await tx.write(addToRanks(these, sign));
  await tx.write(addToSpans(these, sign));
}

/** Notes on the days of these rows when something of them was first known and last changed. */
export async function noteDays(tx: Queryable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.write(sql`
    insert into observation_days as known
    select measure, utc_day(at), min(recorded_at), max(greatest(recorded_at, retracted_at))
    from observations where id = any(${[...ids]}::bigint[]) group by 1, 2
    on conflict (measure, day) do update set
      first_recorded = least(known.first_recorded, excluded.first_recorded),
      last_changed = greatest(known.last_changed, excluded.last_changed)`);
}

/** A row belongs to one bucket of each span. */
const ALL_SPANS = sql`(values (0), (1), (2)) as spans (span)`;
export const DAYS = sql`(values (0)) as spans (span)`;

export function addToSums(rows: Sql, sign: 1 | -1, spans: Sql = ALL_SPANS): Sql {
  return sql`
    insert into observation_sums as known
    select series, span, utc_day(second) >> (3 * span), kind, channel, excluded_reason, lasts, ${sign}::int * count(*),
      ${sign}::int * sum(value), ${sign}::int * sum(business), ${sign}::int * sum(clocked),
      ${sign}::int * coalesce(sum(creation), 0)
    from observation_parts cross join ${spans} where ${rows} group by 1, 2, 3, 4, 5, 6, 7
    on conflict (span, bucket, series, kind, channel, excluded_reason, lasts) do update set
      n = known.n + excluded.n, value = known.value + excluded.value, business = known.business + excluded.business,
      clocked = known.clocked + excluded.clocked, creation = known.creation + excluded.creation`;
}

export function addToRanks(rows: Sql, sign: 1 | -1, spans: Sql = ALL_SPANS): Sql {
  return sql`
    insert into observation_ranks as known
    select series, clock, span, utc_day(second) >> (3 * span), channel, value_bucket, ${sign}::int * count(*)
    from observation_durations cross join ${spans} where ${rows} group by 1, 2, 3, 4, 5, 6
    on conflict (span, bucket, series, clock, channel, value_bucket) do update set n = known.n + excluded.n`;
}

export function addToSpans(rows: Sql, sign: 1 | -1): Sql {
  return sql`
    insert into observation_spans as known
    select utc_day(second), utc_day(since), ${sign}::int * count(*) from observation_parts
    where series = 'full_resolution' and excluded_reason = '' and ${rows} group by 1, 2
    on conflict (day, since_day) do update set n = known.n + excluded.n`;
}
