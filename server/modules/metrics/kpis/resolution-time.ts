import { z } from 'zod';
import { describeValues } from '../arithmetic/distribution.ts';
import type { Ratio } from '../arithmetic/ratio.ts';
import { count } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import { secondsOnClock } from '../channel-clock.ts';
import type { Frame } from '../figure.ts';
import { countExclusions, counted, durationFigure, inFrame, itemOf } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';
import { exclusionsOf, summedDuration } from '../summing/sums.ts';
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

/** All time over all tickets created in the period, whether they were solved or not. */
function guideRatio(observations: readonly Observation[], frame: Frame): Ratio {
  const created = counted(inFrame(observations, 'created', frame));
  return { num: figure(observations, frame).numerator, den: created.length };
}

function summed(sums: Sums): SummedFigure {
  const standing = sums.groups('full_resolution').filter(({ lasts }) => lasts);
  return {
    ...summedDuration(sums.spread('full_resolution', 'calendar'), exclusionsOf(standing)),
    details: {
      first: sums.spread('first_resolution', 'calendar'),
      business: sums.spread('full_resolution', 'business'),
      firstBusiness: sums.spread('first_resolution', 'business'),
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
  const guide = guideRatio(observations, frame);
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
    seedMeanSeconds: guide.den === 0 ? null : guide.num / guide.den,
    excluded: exclusions,
  };
});

const reads = [
  { rows: 'period', measure: 'full_resolution' },
  { rows: 'period', measure: 'first_resolution' },
] as const;

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
  reads,
  guide: { reads: [...reads, { rows: 'period', measure: 'created' }], ratio: guideRatio },
  splits: CREDITED_SPLITS,
  figure,
  summed,
  calculator: defineCalculator(ID, [byTickets]),
};
