import { z } from 'zod';
import { count } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import type { Frame } from '../figure.ts';
import { countExclusions, counted, countFigure, inFrame, itemOf } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { EXCLUSION_REASONS } from '../population.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';
import { countOf, exclusionsOf, kept, summedCount } from '../summing/sums.ts';
import type { KpiDefinition } from './definition.ts';
import { countTextsOf, TICKET_SPLITS } from './definition.ts';

const ID = 'ticket_volume';

function figure(observations: readonly Observation[], frame: Frame) {
  const rows = inFrame(observations, 'created', frame);
  const items = counted(rows).map((row) => itemOf(row, 1));
  return { ...countFigure(items, countExclusions(rows)), details: {} };
}

function summed(sums: Sums): SummedFigure {
  const created = sums.groups('created');
  return { ...summedCount(countOf(kept(created)), exclusionsOf(created)), details: {} };
}

const output = z.strictObject({
  value: count,
  ids: z.array(z.string()),
  excluded: z.strictObject({ spam: count, merged: count, training: count, deleted: count, proactive: count }),
});

const byTickets = defineShape('tickets', ticketsInput, output, (input) => {
  const { observations, frame } = observeTickets(input);
  const { numerator, items, exclusions } = figure(observations, frame);
  return { value: numerator, ids: items.map(({ ticketId }) => ticketId), excluded: exclusions };
});

/** Tickets whose creation lies in the period. */
export const ticketVolume: KpiDefinition = {
  ...countTextsOf(ID),
  id: ID,
  version: 1,
  unit: 'tickets',
  direction: 'neutral',
  clock: 'none',
  attribution: 'created',
  exclusions: EXCLUSION_REASONS,
  reads: [{ rows: 'period', measure: 'created' }],
  splits: TICKET_SPLITS,
  figure,
  summed,
  calculator: defineCalculator(ID, [byTickets]),
};
