import { clockOf } from '../channel-clock.ts';
import type { Channel } from '../history.ts';
import { CLAIM_LIMIT_SECONDS } from '../kpis/claim-time.ts';
import { businessClock, type Hours } from '../observing/ticket-schedules.ts';

/** For each moment, ascending: a wait that began before `surely` is too long on any hours, one after `never` on none. */
export interface LateCuts {
  readonly surely: readonly number[];
  readonly never: readonly number[];
}

/** Of every channel whose claims have a limit. */
export function lateCuts(moments: readonly number[], hours: Hours): ReadonlyMap<Channel, LateCuts> {
  const known = new Map<string, LateCuts>();
  const limits = Object.entries(CLAIM_LIMIT_SECONDS) as [Channel, number][];
  return new Map(
    limits.map(([channel, limit]) => {
      const clock = clockOf(channel);
      const cuts =
        known.get(`${clock} ${limit}`) ?? cutsOf(clock === 'business' ? hours : new Map(), limit, moments);
      known.set(`${clock} ${limit}`, cuts);
      return [channel, cuts] as const;
    }),
  );
}

function cutsOf(hours: Hours, limit: number, moments: readonly number[]): LateCuts {
  const each = moments.map((at) => {
    return [at - limit - 1, ...[...hours.keys()].map((id) => latestLate(id, limit, at, hours))];
  });
  return { surely: each.map((cuts) => Math.min(...cuts)), never: each.map((cuts) => Math.max(...cuts)) };
}

const longest = 400 * 86_400;

/** The last second from which more than the limit has passed on these hours; far back where there is none. */
function latestLate(scheduleId: number, limit: number, at: number, hours: Hours): number {
  const clock = businessClock([{ from: 0, scheduleId }], hours);
  const isLate = (since: number) => clock(since * 1000, at * 1000) > limit;
  let inTime = at;
  let back = limit + 1;
  while (!isLate(at - back)) {
    if (back >= longest) return Number.MIN_SAFE_INTEGER;
    inTime = at - back;
    back = Math.min(2 * back, longest);
  }
  let late = at - back;
  while (inTime - late > 1) {
    const middle = Math.floor((late + inTime) / 2);
    if (isLate(middle)) late = middle;
    else inTime = middle;
  }
  return late;
}
