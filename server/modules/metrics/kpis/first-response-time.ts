import { z } from 'zod';
import { describeValues, linearPercentile } from '../arithmetic/distribution.ts';
import { secondsBetween } from '../arithmetic/instant.ts';
import type { Ratio } from '../arithmetic/ratio.ts';
import { count } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import { secondsOnClock } from '../channel-clock.ts';
import type { Frame } from '../figure.ts';
import { countExclusions, counted, durationFigure, endOf, holdsAt, inFrame, itemOf } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';
import { exclusionsOf, summedDuration } from '../summing/sums.ts';
import type { KpiDefinition } from './definition.ts';
import { CREDITED_SPLITS, textsOf } from './definition.ts';

const ID = 'first_response_time';

/** Over answered tickets only; those still waiting are counted beside it, never as zeros in it. */
function figure(observations: readonly Observation[], frame: Frame) {
  const rows = inFrame(observations, 'first_response', frame);
  const answered = counted(rows);
  const items = answered.map((row) => itemOf(row, secondsOnClock(row)));
  const any = counted(inFrame(observations, 'any_response', frame));
  return {
    ...durationFigure(items, countExclusions(rows)),
    details: {
      ...describeWaiting(observations, frame),
      calendar: describeValues(answered.map(({ value }) => value)),
      business: describeValues(answered.map((row) => secondsOnClock(row, 'business'))),
      sinceCreation: describeValues(answered.map(({ sinceCreation, value }) => sinceCreation ?? value)),
      anyResponse: describeValues(any.map(({ value }) => value)),
    },
  };
}

function describeWaiting(observations: readonly Observation[], frame: Frame) {
  const at = endOf(frame);
  const waits = counted(observations).filter(
    (row) => row.measure === 'first_response_wait' && holdsAt(row, at),
  );
  const since = waits.reduce((first, row) => Math.min(first, row.since ?? row.at), Number.POSITIVE_INFINITY);
  const oldest = Number.isFinite(since) && Number.isFinite(at) ? secondsBetween(since, at) : null;
  return { waiting: waits.length, oldestWaitSeconds: oldest };
}

/** All time over all tickets, so that who still waits enters with no time at all. */
function guideRatio(observations: readonly Observation[], frame: Frame): Ratio {
  const { numerator, n, details } = figure(observations, frame);
  return { num: numerator, den: n + details.waiting };
}

function summed(sums: Sums): SummedFigure {
  const { n: waiting, oldestSince } = sums.unanswered;
  const at = endOf(sums.frame);
  return {
    ...summedDuration(sums.spread('first_response', 'clocked'), exclusionsOf(sums.groups('first_response'))),
    details: {
      waiting,
      oldestWaitSeconds: oldestSince === null ? null : secondsBetween(oldestSince, at),
      calendar: sums.spread('first_response', 'calendar'),
      business: sums.spread('first_response', 'business'),
      sinceCreation: sums.spread('first_response', 'creation'),
      anyResponse: sums.spread('any_response', 'calendar'),
    },
  };
}

const seconds = z.number().nullable();
const distribution = z.strictObject({
  n: count,
  sumSeconds: count,
  meanSeconds: seconds,
  medianSeconds: seconds,
  p90Seconds: seconds,
});
const valuesOutput = distribution.extend({ p90LinearSeconds: seconds });
const ticketsOutput = distribution.extend({
  waiting: count,
  oldestWaitSeconds: seconds,
  calendarMeanSeconds: seconds,
  businessMeanSeconds: seconds,
  sinceCreationSeconds: seconds,
  anyResponseSeconds: seconds,
  seedMeanSeconds: seconds,
  excluded: z.record(z.string(), count),
});

const byValues = defineShape(
  'valuesSeconds',
  z.strictObject({ valuesSeconds: z.array(count) }),
  valuesOutput,
  ({ valuesSeconds }) => {
    const { n, sum, mean, median, p90 } = describeValues(valuesSeconds);
    return {
      n,
      sumSeconds: sum,
      meanSeconds: mean,
      medianSeconds: median,
      p90Seconds: p90,
      p90LinearSeconds: linearPercentile(valuesSeconds, 90),
    };
  },
);

const byTickets = defineShape('tickets', ticketsInput, ticketsOutput, (input) => {
  const { observations, frame } = observeTickets(input);
  const { numerator, n, mean, median, p90, details, exclusions } = figure(observations, frame);
  const guide = guideRatio(observations, frame);
  return {
    n,
    sumSeconds: numerator,
    meanSeconds: mean,
    medianSeconds: median,
    p90Seconds: p90,
    waiting: details.waiting,
    oldestWaitSeconds: details.oldestWaitSeconds,
    calendarMeanSeconds: details.calendar.mean,
    businessMeanSeconds: details.business.mean,
    sinceCreationSeconds: details.sinceCreation.mean,
    anyResponseSeconds: details.anyResponse.mean,
    seedMeanSeconds: guide.den === 0 ? null : guide.num / guide.den,
    excluded: exclusions,
  };
});

const reads = [
  { rows: 'period', measure: 'first_response' },
  { rows: 'period', measure: 'any_response' },
  { rows: 'lasting', measure: 'first_response_wait' },
] as const;

/** From the moment a person was due to the first public message of a human agent. */
export const firstResponseTime: KpiDefinition = {
  ...textsOf(ID),
  id: ID,
  version: 1,
  unit: 'seconds',
  direction: 'down',
  clock: 'channel',
  attribution: 'replied',
  exclusions: EXCLUSION_REASONS,
  reads,
  guide: { reads, ratio: guideRatio },
  splits: CREDITED_SPLITS,
  figure,
  summed,
  calculator: defineCalculator(ID, [byValues, byTickets]),
};
