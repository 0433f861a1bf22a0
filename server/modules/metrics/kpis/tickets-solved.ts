import { z } from 'zod';
import { count } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import type { Frame } from '../figure.ts';
import {
  countExclusions,
  counted,
  countFigure,
  endOf,
  firstOfEachTicket,
  holdsAt,
  inFrame,
  itemOf,
} from '../figure.ts';
import { BOT_ONLY } from '../measures/solves.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';
import { addExclusions, countOf, exclusionsOf, kept, summedCount } from '../summing/sums.ts';
import type { KpiDefinition } from './definition.ts';
import { CREDITED_SPLITS, countTextsOf, MOVING_SPLITS } from './definition.ts';

const ID = 'tickets_solved';

/** Three numbers that are all called "solved" elsewhere, and the bot's own solves apart. */
function figure(observations: readonly Observation[], frame: Frame) {
  const rows = inFrame(observations, 'solve', frame);
  const byPeople = counted(rows).filter(({ kind }) => kind !== BOT_ONLY);
  const tickets = firstOfEachTicket(byPeople);
  const solvedByPeople = new Set(tickets.map(({ ticketId }) => ticketId));
  const atEnd = counted(observations).filter(
    (row) => row.measure === 'solve' && solvedByPeople.has(row.ticketId) && holdsAt(row, endOf(frame)),
  );
  const bots = firstOfEachTicket(counted(rows)).filter(({ ticketId }) => !solvedByPeople.has(ticketId));
  const items = tickets.map((row) => itemOf(row, 1));
  return {
    ...countFigure(items, countExclusions(firstOfEachTicket(rows))),
    details: {
      events: byPeople.length,
      stillSolvedAtEnd: firstOfEachTicket(atEnd).length,
      botOnly: bots.length,
    },
  };
}

function summed(sums: Sums): SummedFigure {
  const solves = sums.plain('solve');
  const people = countOf(kept(solves).filter(({ kind }) => kind !== BOT_ONLY));
  const bots = countOf(kept(solves)) - people;
  const again = figure(sums.tangled, sums.frame);
  return {
    ...summedCount(people + again.n, addExclusions(exclusionsOf(solves), again.exclusions)),
    details: {
      events: people + again.details.events,
      stillSolvedAtEnd: people + again.details.stillSolvedAtEnd,
      botOnly: bots + again.details.botOnly,
    },
  };
}

const output = z.strictObject({
  distinct: count,
  events: count,
  stillSolvedAtEnd: count,
  botOnly: count,
  ids: z.array(z.string()),
  excluded: z.record(z.string(), count),
});

const byTickets = defineShape('tickets', ticketsInput, output, (input) => {
  const { observations, frame } = observeTickets(input);
  const { numerator, items, details, exclusions } = figure(observations, frame);
  return {
    distinct: numerator,
    ...details,
    ids: items.map(({ ticketId }) => ticketId),
    excluded: exclusions,
  };
});

/** Distinct tickets with at least one solve by people in the period. */
export const ticketsSolved: KpiDefinition = {
  ...countTextsOf(ID),
  id: ID,
  version: 1,
  unit: 'tickets',
  direction: 'up',
  clock: 'none',
  attribution: 'solved',
  exclusions: EXCLUSION_REASONS,
  reads: [{ rows: 'period', measure: 'solve' }],
  splits: CREDITED_SPLITS,
  groupsOverlap: MOVING_SPLITS,
  figure,
  summed,
  calculator: defineCalculator(ID, [byTickets]),
};
