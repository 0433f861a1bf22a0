import { empty, join, type Queryable, type Sql, sql } from '../../../platform/db/database.ts';
import type { Channel } from '../history.ts';
import { CLAIM_LIMIT_SECONDS } from '../kpis/claim-time.ts';
import type { Cut, Stretch } from './cut-window.ts';
import { bucketsOf, datedIn } from './parts-of-period.ts';
import type { RankClock, Series } from './sums.ts';

export interface RankBuckets {
  ranksOf: (series: Series, clock: RankClock) => { median: number | null; p90: number | null };
  claimsInTime: (channel: Channel) => number;
}

interface Bucket {
  series: Series;
  clock: RankClock;
  channel: string;
  value_bucket: number;
  n: number;
}

/** The value buckets say in which of them a rank lies; the index gives the row of that rank in it. */
export async function readRanks(
  db: Queryable,
  stretch: Stretch,
  cut: Cut,
  ranked: boolean,
): Promise<RankBuckets> {
  const [buckets, atLimits] = await Promise.all([
    readBuckets(db, cut, ranked ? sql`true` : sql`series = 'claim'`),
    readAtLimits(db, stretch),
  ]);
  const found = await readValues(db, stretch, ranked ? listRanks(buckets) : []);
  const inTime = countInTime(buckets, atLimits);
  return {
    ranksOf: (series, clock) => {
      const middle = found.get(`${series} ${clock} median`) ?? [];
      const [lower, upper] = [middle.at(0), middle.at(-1)];
      const median = lower === undefined || upper === undefined ? null : (lower + upper) / 2;
      return { median, p90: found.get(`${series} ${clock} p90`)?.[0] ?? null };
    },
    claimsInTime: (channel) => inTime.get(channel) ?? 0,
  };
}

function readBuckets(db: Queryable, cut: Cut, which: Sql): Promise<Bucket[]> {
  const edges = cut.edges.map(
    (edge) => sql`union all select series, clock, channel, value_bucket, 1 from observation_durations
      where ${datedIn(edge)} and ${which}`,
  );
  return db.all<Bucket>(sql`
    select series, clock, channel, value_bucket, sum(n) as n from (
      select series, clock, channel, value_bucket, n from ${bucketsOf(cut)} join observation_ranks using (span, bucket)
      where ${which} ${join([empty, ...edges], ' ')}
    ) as parts
    group by series, clock, channel, value_bucket`);
}

interface AtLimit {
  channel: string;
  value_bucket: number;
  n: number;
}

/** The claims in the value bucket of their channel's limit that do not exceed it. */
function readAtLimits(db: Queryable, { from, to }: Stretch): Promise<AtLimit[]> {
  const limits = Object.entries(CLAIM_LIMIT_SECONDS);
  const seconds = sql`clocked_seconds(channel, value, business_seconds)`;
  return db.all<AtLimit>(sql`
    select limits.channel, value_bucket(seconds), (select count(*) from observations as claim
      where claim.measure = 'claim' and claim.retracted_at is null and claim.excluded_reason is null
        and claim.measure in ('first_response', 'claim')
        and value_bucket(${seconds}) = value_bucket(limits.seconds) and ${seconds} <= limits.seconds
        and claim.channel = limits.channel and at >= ${from}::bigint and at < ${to}::bigint) as n
    from unnest(${limits.map(([channel]) => channel)}::text[], ${limits.map(([, limit]) => limit)}::int[])
      as limits (channel, seconds)`);
}

function countInTime(buckets: readonly Bucket[], atLimits: readonly AtLimit[]): Map<string, number> {
  const claims = buckets.filter(({ series }) => series === 'claim');
  return new Map(
    atLimits.map(({ channel, value_bucket, n }) => {
      const below = claims.filter((one) => one.channel === channel && one.value_bucket < value_bucket);
      return [channel, below.reduce((sum, bucket) => sum + bucket.n, n)] as const;
    }),
  );
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

/** The buckets of several channels are one. */
function listRanks(buckets: readonly Bucket[]): WantedRank[] {
  const ascending = [...buckets].sort((a, b) => a.value_bucket - b.value_bucket);
  const spreads = new Map<string, { series: Series; clock: RankClock; counts: Map<number, number> }>();
  for (const { series, clock, value_bucket, n } of ascending) {
    const key = `${series} ${clock}`;
    const spread = spreads.get(key) ?? { series, clock, counts: new Map() };
    spread.counts.set(value_bucket, (spread.counts.get(value_bucket) ?? 0) + n);
    spreads.set(key, spread);
  }
  return [...spreads.values()].flatMap(({ series, clock, counts }) => {
    const n = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (n === 0) return [];
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
