import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { Channel } from '../history.ts';
import { CLAIM_LIMIT_SECONDS } from '../kpis/claim-time.ts';
import { type Cut, DAY } from './cut-windows.ts';
import { bucketsOf, piecesOf, runsOf, sharesOf } from './parts-of-period.ts';

const seconds = sql`clocked_seconds(channel, value, business_seconds)`;
// As the index of these rows says it, word for word.
const counted = sql`measure = 'claim' and retracted_at is null and excluded_reason is null
  and measure in ('first_response', 'claim')`;

/** Of each period the counted claims by channel that took no longer than their limit. */
export async function readClaimsInTime(db: Queryable, cut: Cut): Promise<ReadonlyMap<Channel, number>[]> {
  const channels = Object.keys(CLAIM_LIMIT_SECONDS);
  const limits = sql`unnest(${channels}::text[], ${Object.values(CLAIM_LIMIT_SECONDS)}::int[]) as limits (channel, most)`;
  // The value buckets below the limit's are in time; in it and in the pieces every row is asked.
  const rows = await db.all<{ part: number; channel: Channel; n: number }>(sql`
    select part, channel, sum(n) as n from (
      select part, channel, n from ${bucketsOf(cut)} join observation_ranks using (span, bucket) join ${limits} using (channel)
      where series = 'claim' and clock = 'clocked' and value_bucket < value_bucket(most)
      union all
      select part, channel, n from ${runsOf(cut)} cross join (select distinct most from ${limits}) as of_limit
        cross join lateral (
        select channel, count(*) as n from observations join ${limits} using (channel)
        where ${counted} and value_bucket(${seconds}) = value_bucket(of_limit.most) and limits.most = of_limit.most
          and ${seconds} <= limits.most and at >= first_day * ${DAY}::bigint and at < end_day * ${DAY}::bigint
        group by channel) as at_limit
      where first_day < end_day
      union all
      select part, channel, sign * n from ${piecesOf(cut)} cross join lateral (
        select channel, count(*) as n from observations join ${limits} using (channel)
        where ${counted} and ${seconds} <= most and at >= begins and at < ends group by channel
      ) as of_pieces join ${sharesOf(cut)} using (piece)
    ) as parts group by part, channel`);
  const found = cut.runs.map(() => new Map<Channel, number>());
  for (const { part, channel, n } of rows) found[part]?.set(channel, n);
  return found;
}
