import { join, type Queryable, sql } from '../../../platform/db/database.ts';
import { countAges } from '../arithmetic/age-buckets.ts';
import { wholeSecond } from '../arithmetic/instant.ts';
import { clockOf } from '../channel-clock.ts';
import type { Channel } from '../history.ts';
import { CLAIM_LIMIT_SECONDS } from '../kpis/claim-time.ts';
import { businessClock, type Hours, readHours, restoreSpans } from '../observing/ticket-schedules.ts';
import type { Sums } from './sums.ts';

type States = Pick<Sums, 'unsolved' | 'unanswered' | 'unclaimed'>;

const none: States = {
  unsolved: { n: 0, byStatus: {}, ages: countAges([]), oldestSince: null },
  unanswered: { n: 0, oldestSince: null },
  unclaimed: new Map(),
};

/** What held at a second: always what was unclaimed, and with `stock` what was unsolved and unanswered. */
export async function readStates(db: Queryable, at: number, stock: boolean): Promise<States> {
  const [unsolved, unanswered, unclaimed] = await Promise.all([
    stock ? readUnsolved(db, at) : none.unsolved,
    stock ? readUnanswered(db, at) : none.unanswered,
    readUnclaimed(db, at),
  ]);
  return { unsolved, unanswered, unclaimed };
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

/**
 * A wait that began before `surely` has exceeded its limit on any hours of the desk, one after `never` on none.
 * Between them, and for tickets that changed their hours, each is aged on its own.
 */
interface Bounds {
  surely: number;
  never: number;
}

interface Unclaimed {
  channel: Channel;
  n: number;
  missed: number;
  asked: [ticketId: number, since: number, schedules: unknown][] | null;
}

async function readUnclaimed(db: Queryable, at: number): Promise<States['unclaimed']> {
  const hours = await readHours(db);
  const limits = Object.entries(CLAIM_LIMIT_SECONDS) as [Channel, number][];
  const bounds = limits.map(([channel, limit]) => boundsOf(channel, limit, at, hours));
  const given = (pick: (bound: Bounds) => number) =>
    sql`(case channel ${join(
      limits.map(([channel], index) => sql`when ${channel} then ${pick(bounds[index] as Bounds)}::bigint`),
      ' ',
    )} end)`;
  const since = sql`coalesce(since, at)`;
  const moved = sql`ticket_id in (select ticket_id from observed_tickets where jsonb_array_length(schedules) > 1)`;
  const rows = await db.all<Unclaimed>(sql`
    select channel, count(*) as n, count(*) filter (where ${since} <= ${given(({ surely }) => surely)} and not ${moved}) as missed,
      json_agg(json_build_array(ticket_id, ${since}, (select schedules from observed_tickets as hours
        where hours.ticket_id = observations.ticket_id)))
        filter (where ${moved} or ${since} > ${given(({ surely }) => surely)} and ${since} <= ${given(({ never }) => never)}) as asked
    from observations
    where measure = 'claim_wait' and ${holding(at)} and excluded_reason is null and channel is not null
    group by channel`);
  return new Map(
    rows.map(({ channel, n, missed, asked }) => {
      const limit = CLAIM_LIMIT_SECONDS[channel] ?? 0;
      const late = (asked ?? []).filter(([, since, spans]) =>
        agedOver(channel, limit, since, at, spans, hours),
      );
      return [channel, { n, missed: missed + late.length }] as const;
    }),
  );
}

function agedOver(
  channel: Channel,
  limit: number,
  since: number,
  at: number,
  spans: unknown,
  hours: Hours,
): boolean {
  if (clockOf(channel) === 'calendar') return at - since > limit;
  const clock = spans === null ? () => 0 : businessClock(restoreSpans(spans), hours);
  return clock(since * 1000, at * 1000) > limit;
}

function boundsOf(channel: Channel, limit: number, at: number, hours: Hours): Bounds {
  const calendar = at - limit - 1;
  if (clockOf(channel) === 'calendar') return { surely: calendar, never: calendar };
  const cuts = [...hours.keys()].map((scheduleId) => latestLate(scheduleId, limit, at, hours));
  return { surely: Math.min(calendar, ...cuts), never: Math.max(calendar, ...cuts) };
}

const longest = 400 * 86_400;

/** The last second from which more than the limit has passed on these hours; far back where there is none. */
function latestLate(scheduleId: number, limit: number, at: number, hours: Hours): number {
  const clock = businessClock([{ from: 0, scheduleId }], hours);
  const isLate = (since: number) => clock(wholeSecond(since * 1000), at * 1000) > limit;
  let late = at - longest;
  let inTime = at;
  if (!isLate(late)) return Number.MIN_SAFE_INTEGER;
  while (inTime - late > 1) {
    const middle = Math.floor((late + inTime) / 2);
    if (isLate(middle)) late = middle;
    else inTime = middle;
  }
  return late;
}
