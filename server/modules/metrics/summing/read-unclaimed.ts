import { type Queryable, sql } from '../../../platform/db/database.ts';
import { clockOf } from '../channel-clock.ts';
import type { Channel } from '../history.ts';
import { CLAIM_LIMIT_SECONDS } from '../kpis/claim-time.ts';
import { businessClock, type Hours, readHours, restoreSpans } from '../observing/ticket-schedules.ts';
import { type LateCuts, lateCuts } from './late-cuts.ts';
import type { Sums } from './sums.ts';

type Unclaimed = Sums['unclaimed'];

/** Waits that hold from one of the ends to another, counted from 0; `late` is the first at which they are too long. */
interface Stored {
  /** Of the channel among those with a limit, from 1. */
  place: number;
  first: number;
  last: number;
  late: number;
  n: number;
  asked: [since: number, schedules: unknown][] | null;
}

/**
 * What was unclaimed at each of these seconds, in their order, and for how many it had exceeded the limit. Those of a
 * period that begins at a second are read from one list of waits, those before it from one of their own, since most of
 * what waited between them holds at none.
 */
export async function readUnclaimed(
  db: Queryable,
  ends: readonly number[],
  begin: number,
): Promise<Unclaimed[]> {
  const hours = await readHours(db);
  const moments = [...new Set(ends)].sort((a, b) => a - b);
  const lists = [moments.filter((at) => at < begin), moments.filter((at) => at >= begin)];
  const found = await Promise.all(lists.map((list) => readMoments(db, list, hours)));
  const unclaimed = new Map(found.flat());
  return ends.map((end) => unclaimed.get(end) as Unclaimed);
}

async function readMoments(
  db: Queryable,
  moments: readonly number[],
  hours: Hours,
): Promise<[number, Unclaimed][]> {
  if (moments.length === 0) return [];
  const cuts = lateCuts(moments, hours);
  const found = moments.map(() => new Map<Channel, { n: number; missed: number }>());
  const add = (channel: Channel, key: 'n' | 'missed', n: number, first: number, last: number) => {
    for (const moment of found.slice(first, last + 1)) {
      const known = moment.get(channel) ?? { n: 0, missed: 0 };
      moment.set(channel, { ...known, [key]: known[key] + n });
    }
  };
  const channels = [...cuts.keys()];
  for (const { place, first, last, late, n, asked } of await readWaits(db, moments, cuts)) {
    const channel = channels[place - 1] as Channel;
    add(channel, 'n', n, first, last);
    if (asked === null) add(channel, 'missed', n, late, last);
    else
      for (const [since, spans] of asked) {
        const isLate = ageOver(channel, since, spans, hours);
        add(channel, 'missed', 1, firstLate(moments, isLate, first, last), last);
      }
  }
  return moments.map((moment, place) => [moment, found[place] as Unclaimed]);
}

/**
 * A wait that began before `surely` has exceeded its limit on any hours of the desk, one after `never` on none. Those
 * between them at any moment, and those of tickets that changed their hours, are to be aged on their own.
 */
function readWaits(
  db: Queryable,
  moments: readonly number[],
  cuts: ReadonlyMap<Channel, LateCuts>,
): Promise<Stored[]> {
  const text = (pick: (cut: LateCuts) => readonly number[]) =>
    [...cuts.values()].map((cut) => `{${pick(cut).join(',')}}`);
  // What a row is computed from stands behind an `offset 0`, so that it is computed once.
  return db.all<Stored>(sql`
    select place, first, last, late, count(*) as n,
      json_agg(json_build_array(began, (select schedules from observed_tickets as hours where hours.ticket_id = waits.ticket_id)))
        filter (where asked) as asked
    from (
      select place, ticket_id, began, first, last, greatest(first, surely) as late,
        ticket_id in (select ticket_id from observed_tickets where jsonb_array_length(schedules) > 1)
          or greatest(first, maybe) < least(last + 1, surely) as asked
      from (
        select place, ticket_id, began, first, last, width_bucket(began - 1, surely) as surely,
          width_bucket(began - 1, never) as maybe
        from (
          select channel, ticket_id, coalesce(since, at) as began, width_bucket(at - 1, ${[...moments]}::bigint[]) as first,
            width_bucket(coalesce(until, 253402300799) - 1, ${[...moments]}::bigint[]) - 1 as last
          from observations where measure = 'claim_wait' and coalesce(until, 253402300799) > ${moments.at(0) ?? 0}::bigint
            and at <= ${moments.at(-1) ?? 0}::bigint and retracted_at is null and excluded_reason is null offset 0
        ) as ranged join (
          select channel, surely::bigint[], never::bigint[], place::int
          from unnest(${[...cuts.keys()]}::text[], ${text((cut) => cut.surely)}::text[], ${text((cut) => cut.never)}::text[])
            with ordinality as cuts (channel, surely, never, place) offset 0
        ) as cuts using (channel) where first <= last offset 0
      ) as placed offset 0
    ) as waits group by place, first, last, late, asked`);
}

function ageOver(channel: Channel, since: number, spans: unknown, hours: Hours): (at: number) => boolean {
  const limit = CLAIM_LIMIT_SECONDS[channel] ?? 0;
  if (clockOf(channel) === 'calendar') return (at) => at - since > limit;
  const clock = spans === null ? () => 0 : businessClock(restoreSpans(spans), hours);
  return (at) => clock(since * 1000, at * 1000) > limit;
}

/** A wait only grows. One past the last when it is never late. */
function firstLate(
  moments: readonly number[],
  isLate: (at: number) => boolean,
  first: number,
  last: number,
): number {
  let [from, to] = [first, last + 1];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isLate(moments[middle] as number)) to = middle;
    else from = middle + 1;
  }
  return from;
}
