import { z } from 'zod';
import { count } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { ratioOutput, ratioResult } from '../calculators/ratio-output.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import type { Frame } from '../figure.ts';
import { countExclusions, counted, firstOfEachTicket, inFrame, itemOf, ratioFigure } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';
import { addExclusions, countOf, exclusionsOf, kept, summedRatio } from '../summing/sums.ts';
import type { KpiDefinition } from './definition.ts';
import { CREDITED_SPLITS, MOVING_SPLITS, textsOf } from './definition.ts';

const ID = 'reopen_rate';

/** Of the tickets solved in the period, those reopened after it as of now; the events apart. */
function figure(observations: readonly Observation[], frame: Frame) {
  const rows = inFrame(observations, 'solve', frame);
  const solves = counted(rows);
  const reopened = new Set(solves.filter((row) => isUndone(row, frame.asOf)).map(({ ticketId }) => ticketId));
  const tickets = firstOfEachTicket(solves);
  const solvedAt = new Map(tickets.map(({ ticketId, at }) => [ticketId, at]));
  const events = counted(observations).filter(
    (row) =>
      row.measure === 'reopen' &&
      row.at <= frame.asOf &&
      row.at >= (solvedAt.get(row.ticketId) ?? Number.POSITIVE_INFINITY),
  );
  const items = tickets.map((row) => itemOf(row, reopened.has(row.ticketId) ? 1 : 0));
  return {
    ...ratioFigure(items, countExclusions(firstOfEachTicket(rows))),
    details: { events: events.length },
  };
}

function isUndone({ until }: Observation, asOf: number): boolean {
  return until !== null && until <= asOf;
}

function summed(sums: Sums): SummedFigure {
  const solves = sums.plain('solve');
  const again = figure(sums.tangled, sums.frame);
  const tickets = countOf(kept(solves)) + again.n;
  const exclusions = addExclusions(exclusionsOf(solves), again.exclusions);
  return { ...summedRatio(again.numerator, tickets, tickets, exclusions), details: again.details };
}

const output = ratioOutput.extend({ events: count });

const byCounts = defineShape(
  'solvedTickets',
  z.strictObject({ solvedTickets: count, reopenedTickets: count, reopenEvents: count.optional() }),
  output,
  ({ solvedTickets, reopenedTickets, reopenEvents }) => ({
    ...ratioResult({ num: reopenedTickets, den: solvedTickets }),
    events: reopenEvents ?? reopenedTickets,
  }),
);

const byTickets = defineShape(
  'tickets',
  ticketsInput,
  output.extend({ ids: z.array(z.string()) }),
  (input) => {
    const { observations, frame } = observeTickets(input);
    const { numerator, denominator, details, items } = figure(observations, frame);
    const ids = items.filter(({ part }) => part === 1).map(({ ticketId }) => ticketId);
    return { ...ratioResult({ num: numerator, den: denominator }), ...details, ids };
  },
);

/** Tickets reopened at least once over tickets solved. */
export const reopenRate: KpiDefinition = {
  ...textsOf(ID),
  id: ID,
  version: 1,
  unit: 'percent',
  direction: 'down',
  clock: 'none',
  attribution: 'solved',
  exclusions: EXCLUSION_REASONS,
  reads: [
    { rows: 'period', measure: 'solve' },
    { rows: 'of_tickets', measure: 'reopen', of: 'solve' },
  ],
  splits: CREDITED_SPLITS,
  groupsOverlap: MOVING_SPLITS,
  figure,
  summed,
  calculator: defineCalculator(ID, [byCounts, byTickets]),
};
