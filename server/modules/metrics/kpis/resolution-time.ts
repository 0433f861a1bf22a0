import { z } from 'zod';
import { describeValues } from '../arithmetic/distribution.ts';
import { count } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import { secondsOnClock } from '../channel-clock.ts';
import type { Frame } from '../figure.ts';
import { countExclusions, counted, durationFigure, inFrame, itemOf } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { KpiDefinition } from './definition.ts';
import { CREDITED_SPLITS, textsOf } from './definition.ts';

const ID = 'resolution_time';

/** Headline: full resolution of tickets that are solved as of now, by the last solve's day. */
function figure(observations: readonly Observation[], frame: Frame) {
  const rows = inFrame(observations, 'full_resolution', frame).filter(
    ({ until }) => until === null || until > frame.asOf,
  );
  const solved = counted(rows);
  const first = counted(inFrame(observations, 'first_resolution', frame));
  const items = solved.map((row) => itemOf(row, row.value));
  return {
    ...durationFigure(items, countExclusions(rows)),
    details: {
      first: describeValues(first.map(({ value }) => value)),
      business: describeValues(solved.map((row) => secondsOnClock(row, 'business'))),
      firstBusiness: describeValues(first.map((row) => secondsOnClock(row, 'business'))),
    },
  };
}

const seconds = z.number().nullable();
const output = z.strictObject({
  n: count,
  sumSeconds: count,
  meanSeconds: seconds,
  medianSeconds: seconds,
  p90Seconds: seconds,
  fullMeanSeconds: seconds,
  fullMedianSeconds: seconds,
  fullP90Seconds: seconds,
  fullSumSeconds: count,
  fullBusinessMeanSeconds: seconds,
  firstN: count,
  firstSumSeconds: count,
  firstMeanSeconds: seconds,
  firstMedianSeconds: seconds,
  firstP90Seconds: seconds,
  firstBusinessMeanSeconds: seconds,
  seedMeanSeconds: seconds,
  excluded: z.record(z.string(), count),
});

const byTickets = defineShape('tickets', ticketsInput, output, (input) => {
  const { observations, frame } = observeTickets(input);
  const { n, numerator, mean, median, p90, details, exclusions } = figure(observations, frame);
  const created = counted(inFrame(observations, 'created', frame)).length;
  return {
    n,
    sumSeconds: numerator,
    meanSeconds: mean,
    medianSeconds: median,
    p90Seconds: p90,
    fullMeanSeconds: mean,
    fullMedianSeconds: median,
    fullP90Seconds: p90,
    fullSumSeconds: numerator,
    fullBusinessMeanSeconds: details.business.mean,
    firstN: details.first.n,
    firstSumSeconds: details.first.sum,
    firstMeanSeconds: details.first.mean,
    firstMedianSeconds: details.first.median,
    firstP90Seconds: details.first.p90,
    firstBusinessMeanSeconds: details.firstBusiness.mean,
    seedMeanSeconds: created === 0 ? null : numerator / created,
    excluded: exclusions,
  };
});

/** Creation to the last solve, on the calendar clock; the first solve stands beside it. */
export const resolutionTime: KpiDefinition = {
  ...textsOf(ID),
  id: ID,
  version: 1,
  unit: 'seconds',
  direction: 'down',
  clock: 'calendar',
  attribution: 'solved',
  exclusions: EXCLUSION_REASONS,
  reads: [
    { rows: 'period', measure: 'full_resolution' },
    { rows: 'period', measure: 'first_resolution' },
  ],
  splits: CREDITED_SPLITS,
  figure,
  calculator: defineCalculator(ID, [byTickets]),
};
