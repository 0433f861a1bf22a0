import { type Queryable, type Sql, sql } from '../../../platform/db/database.ts';
import type { Cut, Stretch } from './cut-windows.ts';
import { bucketsOf, datedInPiece, piecesOf, sharesOf } from './parts-of-period.ts';
import type { RankClock, Series } from './sums.ts';

export type RanksOf = (series: Series, clock: RankClock) => { median: number | null; p90: number | null };

interface Bucket {
  series: Series;
  clock: RankClock;
  value_bucket: number;
  n: number;
}

/** Of one period: the value buckets say in which of them a rank lies; the index gives the row of that rank in it. */
export async function readRanks(db: Queryable, stretch: Stretch, cut: Cut): Promise<RanksOf> {
  const found = await readValues(db, stretch, listRanks(await readBuckets(db, cut)));
  return (series, clock) => {
    const middle = found.get(`${series} ${clock} median`) ?? [];
    const [lower, upper] = [middle.at(0), middle.at(-1)];
    const median = lower === undefined || upper === undefined ? null : (lower + upper) / 2;
    return { median, p90: found.get(`${series} ${clock} p90`)?.[0] ?? null };
  };
}

/** The buckets of several channels are one. */
function readBuckets(db: Queryable, cut: Cut): Promise<Bucket[]> {
  return db.all<Bucket>(sql`
    select series, clock, value_bucket, sum(n) as n from (
      select series, clock, value_bucket, n from ${bucketsOf(cut)} join observation_ranks using (span, bucket)
      union all
      select series, clock, value_bucket, sign * n from ${sharesOf(cut)} join ${piecesOf(cut)} using (piece)
        cross join lateral (
        select series, clock, value_bucket, count(*) as n from observation_durations where ${datedInPiece} group by 1, 2, 3
      ) as durations
    ) as parts
    group by series, clock, value_bucket having sum(n) <> 0 order by value_bucket`);
}

/** Rows of one value bucket, in ascending order: how many to skip and to take. */
interface WantedRank {
  series: Series;
  clock: RankClock;
  rank: 'median' | 'p90';
  bucket: number;
  skip: number;
  take: number;
}

function listRanks(buckets: readonly Bucket[]): WantedRank[] {
  const spreads = Map.groupBy(buckets, ({ series, clock }) => `${series} ${clock}`);
  return [...spreads.values()].flatMap((ascending) => {
    const { series, clock } = ascending[0] as Bucket;
    const counts = new Map(ascending.map(({ value_bucket, n }) => [value_bucket, n]));
    const n = ascending.reduce((sum, bucket) => sum + bucket.n, 0);
    const middle = locate(counts, Math.floor((n - 1) / 2), Math.floor(n / 2) - Math.floor((n - 1) / 2) + 1);
    const ninth = locate(counts, Math.ceil((90 * n) / 100) - 1, 1);
    return [
      ...middle.map((place) => ({ series, clock, rank: 'median' as const, ...place })),
      ...ninth.map((place) => ({ series, clock, rank: 'p90' as const, ...place })),
    ];
  });
}

/** Where so many rows from a rank on lie, which may be at the end of one value bucket and the begin of another. */
function locate(counts: ReadonlyMap<number, number>, rank: number, count: number) {
  const places: { bucket: number; skip: number; take: number }[] = [];
  let before = 0;
  for (const [bucket, n] of counts) {
    const skip = Math.max(0, rank - before);
    const take = Math.min(n, rank + count - before) - skip;
    if (take > 0) places.push({ bucket, skip, take });
    before += n;
  }
  return places;
}

/** As the indexes say it, word for word: `only` is what the durations leave out of a measure's rows. */
const columns: Record<RankClock, { seconds: Sql; measures: Sql; only: Sql }> = {
  calendar: {
    seconds: sql`value`,
    measures: sql`('first_response', 'any_response', 'first_resolution', 'full_resolution')`,
    only: sql`(measure <> 'full_resolution' or until is null)`,
  },
  business: {
    seconds: sql`coalesce(business_seconds, value)`,
    measures: sql`('first_response', 'first_resolution', 'full_resolution')`,
    only: sql`(measure <> 'full_resolution' or until is null)`,
  },
  clocked: {
    seconds: sql`clocked_seconds(channel, value, business_seconds)`,
    measures: sql`('first_response', 'claim')`,
    only: sql`(measure <> 'claim' or channel is not null)`,
  },
  creation: { seconds: sql`since_creation`, measures: sql`('first_response')`, only: sql`true` },
};

/** Ascending seconds by `series clock rank`. */
type Found = Map<string, number[]>;

async function readValues(db: Queryable, stretch: Stretch, wanted: readonly WantedRank[]): Promise<Found> {
  const clocks = Object.keys(columns) as RankClock[];
  const own = (clock: RankClock) => wanted.filter((one) => one.clock === clock);
  const found = await Promise.all(clocks.map((clock) => readClock(db, stretch, clock, own(clock))));
  return new Map(found.flatMap((values) => [...values]));
}

async function readClock(
  db: Queryable,
  { from, to }: Stretch,
  clock: RankClock,
  wanted: readonly WantedRank[],
): Promise<Found> {
  if (wanted.length === 0) return new Map();
  const { seconds, measures, only } = columns[clock];
  const rows = await db.all<{ ord: number; found: number[] }>(sql`
    select wanted.ord, array(
      select ${seconds} from observations
      where measure = wanted.measure_of and value_bucket(${seconds}) = wanted.bucket_of
        and at >= ${from}::bigint and at < ${to}::bigint and retracted_at is null and excluded_reason is null
        and measure in ${measures} and ${only}
      order by 1 offset wanted.skip limit wanted.take) as found
    from unnest(${wanted.map(({ series }) => series)}::measure[], ${wanted.map(({ bucket }) => bucket)}::smallint[],
      ${wanted.map(({ skip }) => skip)}::int[], ${wanted.map(({ take }) => take)}::int[])
      with ordinality as wanted (measure_of, bucket_of, skip, take, ord)
    order by wanted.ord`);
  const values: Found = new Map();
  for (const { ord, found } of rows) {
    const { series, rank } = wanted[ord - 1] as WantedRank;
    const key = `${series} ${clock} ${rank}`;
    values.set(key, [...(values.get(key) ?? []), ...found]);
  }
  return values;
}
