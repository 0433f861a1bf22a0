import { describeValues } from '../arithmetic/distribution.ts';
import { secondsBetween } from '../arithmetic/instant.ts';
import type { Ratio } from '../arithmetic/ratio.ts';
import type { Clock } from '../channel-clock.ts';
import { clockOf, secondsOnClock } from '../channel-clock.ts';
import type { Frame } from '../figure.ts';
import { countExclusions, counted, endOf, holdsAt, inFrame, itemOf, ratioFigure } from '../figure.ts';
import type { Channel } from '../history.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';
import { countOf, exclusionsOf, kept, summedRatio } from '../summing/sums.ts';
import { claimCalculator } from './claim-calculator.ts';
import type { ClaimLimits, KpiDefinition, KpiSettings } from './definition.ts';
import { CREDITED_SPLITS, textsOf } from './definition.ts';

const ID = 'claim_time';

/** The desk's limits in seconds where it has set none of its own; a limit itself is still in time. */
export const CLAIM_LIMIT_SECONDS: ClaimLimits = {
  email: 3600,
  form: 3600,
  social: 3600,
  sms: 3600,
  api: 3600,
  chat: 60,
  phone: 60,
};

type Judged = { readonly row: Observation; readonly limit: number; readonly seconds: number };

/**
 * Share claimed within the limit of its channel. Unclaimed past the limit is a miss now, unclaimed
 * inside it is not judged. Channels without a limit are not judged either.
 */
function figure(observations: readonly Observation[], frame: Frame, settings: KpiSettings = {}) {
  const { claimLimitSeconds: limits = CLAIM_LIMIT_SECONDS, clock } = settings;
  const rows = inFrame(observations, 'claim', frame);
  const claims = withLimits(counted(rows), limits, (row) => secondsOnClock(row, clock));
  const at = endOf(frame);
  const open = counted(observations).filter((row) => row.measure === 'claim_wait' && holdsAt(row, at));
  const waits = withLimits(open, limits, (row) => secondsWaited(row, at, frame, clock));
  const missed = waits.filter(({ seconds, limit }) => seconds > limit);
  const judged = [...claims, ...missed];
  const items = judged.map((one) => itemOf(one.row, isInTime(one) ? 1 : 0));
  const times = describeValues(claims.map(({ seconds }) => seconds));
  return {
    ...ratioFigure(items, countExclusions(rows)),
    mean: times.mean,
    median: times.median,
    p90: times.p90,
    details: {
      byChannel: countChannels(judged),
      waitingInTime: waits.length - missed.length,
      missedNow: missed.length,
      times,
    },
  };
}

/** With the desk's own limits and clocks, as the sums were made. */
function summed(sums: Sums): SummedFigure {
  const rows = sums.groups('claim');
  const byChannel: Record<string, Ratio> = {};
  let waiting = 0;
  let missedNow = 0;
  for (const channel of Object.keys(CLAIM_LIMIT_SECONDS) as Channel[]) {
    const { n, missed } = sums.unclaimed.get(channel) ?? { n: 0, missed: 0 };
    const claims = countOf(kept(rows).filter((group) => group.channel === channel));
    waiting += n;
    missedNow += missed;
    if (claims + missed > 0) byChannel[channel] = { num: sums.claimsInTime(channel), den: claims + missed };
  }
  const judged = Object.values(byChannel);
  const inTime = judged.reduce((sum, { num }) => sum + num, 0);
  const n = judged.reduce((sum, { den }) => sum + den, 0);
  const times = sums.spread('claim', 'clocked');
  return {
    ...summedRatio(inTime, n, n, exclusionsOf(rows)),
    mean: times.mean,
    median: times.median,
    p90: times.p90,
    details: { byChannel, waitingInTime: waiting - missedNow, missedNow, times },
  };
}

function withLimits(
  rows: readonly Observation[],
  limits: ClaimLimits,
  secondsOf: (row: Observation) => number,
): Judged[] {
  return rows.flatMap((row) => {
    const limit = row.dims.channel === null ? undefined : limits[row.dims.channel];
    return limit === undefined ? [] : [{ row, limit, seconds: secondsOf(row) }];
  });
}

/** Without a now nothing that waits can be late. */
function secondsWaited(row: Observation, at: number, frame: Frame, clock?: Clock): number {
  const since = row.since ?? row.at;
  if (!Number.isFinite(at)) return 0;
  const business = (clock ?? clockOf(row.dims.channel)) === 'business';
  return business ? frame.businessSeconds(row.ticketId, since, at) : secondsBetween(since, at);
}

function isInTime({ seconds, limit }: Judged): boolean {
  return seconds <= limit;
}

function countChannels(judged: readonly Judged[]): Record<string, Ratio> {
  const channels: Record<string, Ratio> = {};
  for (const one of judged) {
    const channel = one.row.dims.channel ?? 'unknown';
    const { num, den } = channels[channel] ?? { num: 0, den: 0 };
    channels[channel] = { num: num + (isInTime(one) ? 1 : 0), den: den + 1 };
  }
  return channels;
}

/** Creation to the first human claim, judged by the limit of its channel. */
export const claimTime: KpiDefinition = {
  ...textsOf(ID),
  id: ID,
  version: 1,
  unit: 'percent',
  direction: 'up',
  clock: 'channel',
  attribution: 'claimed',
  exclusions: EXCLUSION_REASONS,
  reads: [
    { rows: 'period', measure: 'claim' },
    { rows: 'lasting', measure: 'claim_wait' },
  ],
  splits: CREDITED_SPLITS,
  figure,
  summed,
  calculator: claimCalculator(ID, figure),
};
