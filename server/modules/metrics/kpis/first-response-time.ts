import { z } from 'zod';
import { describeValues, linearPercentile, sumOf } from '../arithmetic/distribution.ts';
import { secondsBetween } from '../arithmetic/instant.ts';
import { count } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import { secondsOnClock } from '../channel-clock.ts';
import type { Frame } from '../figure.ts';
import { countExclusions, counted, durationFigure, endOf, holdsAt, inFrame, itemOf } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
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
      sinceCreation: describeValues(secondsSinceCreation(observations, answered)),
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

function secondsSinceCreation(
  observations: readonly Observation[],
  answered: readonly Observation[],
): number[] {
  const created = new Map<string, number>();
  for (const row of observations) if (row.measure === 'created') created.set(row.ticketId, row.at);
  return answered.map((row) => secondsBetween(created.get(row.ticketId) ?? row.at, row.at));
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
  const { numerator, n, mean, median, p90, items, details, exclusions } = figure(observations, frame);
  const all = n + details.waiting;
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
    seedMeanSeconds: all === 0 ? null : sumOf(items.map(({ part }) => part)) / all,
    excluded: exclusions,
  };
});

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
  reads: [
    { rows: 'period', measure: 'first_response' },
    { rows: 'of_tickets', measure: 'created', of: 'first_response' },
    { rows: 'period', measure: 'any_response' },
    { rows: 'lasting', measure: 'first_response_wait' },
  ],
  splits: CREDITED_SPLITS,
  figure,
  calculator: defineCalculator(ID, [byValues, byTickets]),
};
