import { expect } from 'vitest';
import { sql } from '../../server/platform/db/database.ts';
import type { TestDesk } from '../desk.ts';

/** Every roll-up as it is kept, and as it would be if it were summed now from the rows. */
const pairs = [
  [
    sql`select series, span, bucket, kind, channel, excluded_reason, lasts, n, value, business, clocked, creation
      from observation_sums where n <> 0 or value <> 0 or business <> 0 or clocked <> 0 or creation <> 0`,
    sql`select series, span, utc_day(second) >> (3 * span) as bucket, kind, channel, excluded_reason, lasts,
        count(*) as n, sum(value) as value, sum(business) as business, sum(clocked) as clocked,
        coalesce(sum(creation), 0) as creation
      from observation_parts cross join (values (0), (1), (2)) as spans (span) group by 1, 2, 3, 4, 5, 6, 7`,
  ],
  [
    sql`select series, clock, span, bucket, channel, value_bucket, n from observation_ranks where n <> 0`,
    sql`select series, clock, span, utc_day(second) >> (3 * span) as bucket, channel, value_bucket, count(*) as n
      from observation_durations cross join (values (0), (1), (2)) as spans (span) group by 1, 2, 3, 4, 5, 6`,
  ],
  [
    sql`select day, since_day, n from observation_spans where n <> 0`,
    sql`select utc_day(at) as day, utc_day(since) as since_day, count(*) as n from observations
      where measure = 'full_resolution' and retracted_at is null and excluded_reason is null group by 1, 2`,
  ],
] as const;

export async function expectRolledUp(desk: TestDesk): Promise<void> {
  for (const [stored, summed] of pairs) {
    const [is, should] = [await desk.db.all(stored), await desk.db.all(summed)].map((rows) =>
      rows.map((row) => JSON.stringify(row)).sort(),
    );
    expect(is?.length).toBeGreaterThan(0);
    expect(is).toEqual(should);
  }
}
