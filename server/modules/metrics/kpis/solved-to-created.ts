import { z } from 'zod';
import { displayPercent, percentOf } from '../arithmetic/ratio.ts';
import { count } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { ratioOutput, ratioResult } from '../calculators/ratio-output.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import type { FigureItem, Frame } from '../figure.ts';
import {
  countExclusions,
  counted,
  firstOfEachTicket,
  holdsAt,
  inFrame,
  itemOf,
  ratioFigure,
} from '../figure.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';
import { addExclusions, countOf, exclusionsOf, kept, summedRatio } from '../summing/sums.ts';
import type { KpiDefinition } from './definition.ts';
import { MOVING_SPLITS, TICKET_SPLITS, textsOf } from './definition.ts';

const ID = 'solved_to_created';

/**
 * Flow: tickets solved in the period (by people or by the bot, since both are created) over tickets
 * created in it. The rows are every ticket of either kind, with part 1 when it was solved.
 * Cohort, under its own name: of those created, how many are solved as of now.
 */
function figure(observations: readonly Observation[], frame: Frame) {
  const createdRows = inFrame(observations, 'created', frame);
  const created = counted(createdRows);
  const solved = firstOfEachTicket(counted(inFrame(observations, 'solve', frame)));
  const items = new Map<string, FigureItem>(created.map((row) => [row.ticketId, itemOf(row, 0)]));
  for (const row of solved) items.set(row.ticketId, itemOf(row, 1));
  const solvedNow = ticketsSolvedAt(observations, frame.asOf);
  const cohort = {
    num: created.filter(({ ticketId }) => solvedNow.has(ticketId)).length,
    den: created.length,
  };
  return {
    ...ratioFigure([...items.values()], countExclusions(createdRows), created.length),
    details: { cohort: { ...cohort, value: percentOf(cohort), display: displayPercent(cohort) } },
  };
}

function summed(sums: Sums): SummedFigure {
  const created = sums.plain('created');
  const again = figure(sums.tangled, sums.frame);
  const denominator = countOf(kept(created)) + again.denominator;
  const solved = countOf(kept(sums.plain('solve'))) + again.numerator;
  const n = countOf(kept(created)) + sums.solvedOfEarlier + again.n;
  const solvedNow = countOf(kept(sums.plain('cohort'))) + again.details.cohort.num;
  const cohort = { num: solvedNow, den: denominator };
  return {
    ...summedRatio(solved, denominator, n, addExclusions(exclusionsOf(created), again.exclusions)),
    details: { cohort: { ...cohort, value: percentOf(cohort), display: displayPercent(cohort) } },
  };
}

function ticketsSolvedAt(observations: readonly Observation[], at: number): Set<string> {
  const solved = counted(observations).filter((row) => row.measure === 'full_resolution' && holdsAt(row, at));
  return new Set(solved.map(({ ticketId }) => ticketId));
}

const byCounts = defineShape(
  'created',
  z.strictObject({ created: count, solved: count }),
  ratioOutput,
  ({ created, solved }) => ratioResult({ num: solved, den: created }),
);

const cohort = z.strictObject({ num: count, den: count, value: z.number().nullable(), display: z.string() });

const byTickets = defineShape('tickets', ticketsInput, ratioOutput.extend({ cohort }), (input) => {
  const { observations, frame } = observeTickets(input);
  const { numerator, denominator, details } = figure(observations, frame);
  return { ...ratioResult({ num: numerator, den: denominator }), ...details };
});

/** Solved in the period over created in the period; may exceed 100 %. */
export const solvedToCreated: KpiDefinition = {
  ...textsOf(ID),
  id: ID,
  version: 1,
  unit: 'percent',
  direction: 'up',
  clock: 'none',
  attribution: 'solved',
  exclusions: EXCLUSION_REASONS,
  reads: [
    { rows: 'period', measure: 'created' },
    { rows: 'period', measure: 'solve' },
    { rows: 'of_tickets', measure: 'full_resolution', of: 'created' },
  ],
  splits: TICKET_SPLITS,
  groupsOverlap: MOVING_SPLITS.filter((split) => TICKET_SPLITS.includes(split)),
  figure,
  summed,
  calculator: defineCalculator(ID, [byCounts, byTickets]),
};
