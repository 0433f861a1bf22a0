import { z } from 'zod';
import type { AgeBuckets } from '../arithmetic/age-buckets.ts';
import { countAges } from '../arithmetic/age-buckets.ts';
import { secondsBetween } from '../arithmetic/instant.ts';
import { closeStock, countUnsolved } from '../arithmetic/stock.ts';
import { count, instant } from '../calculators/fields.ts';
import { observeTickets, ticketsInput } from '../calculators/observe-tickets.ts';
import { defineCalculator, defineShape } from '../calculators/shapes.ts';
import type { Figure, Frame } from '../figure.ts';
import type { Observation } from '../observation.ts';
import type { Calculator } from './definition.ts';

type Details = {
  actionable: number;
  buckets: AgeBuckets | null;
  oldestSeconds: number | null;
  identity: { end: number; closes: boolean };
};
type BacklogFigure = (observations: readonly Observation[], frame: Frame) => Figure & { details: Details };

const byStatuses = defineShape(
  'statuses',
  z.strictObject({
    statuses: z.strictObject({
      new: count.default(0),
      open: count.default(0),
      pending: count.default(0),
      on_hold: count.default(0),
      solved: count.default(0),
      closed: count.default(0),
    }),
  }),
  z.strictObject({ backlog: count, actionable: count }),
  ({ statuses }) => countUnsolved(statuses),
);

const term = count.default(0);
const byTerms = defineShape(
  'start',
  z.strictObject({
    start: count,
    created: term,
    reopened: term,
    restored: term,
    solved: term,
    spam: term,
    merged: term,
    deleted: term,
  }),
  z.strictObject({ end: z.int() }),
  (terms) => ({ end: closeStock({ ...terms, movedIn: 0, movedOut: 0 }) }),
);

const buckets = z.strictObject({ '<24h': count, '1-3d': count, '3-7d': count, '>7d': count });
const oldestSeconds = z.int().nullable();

/** Only unsolved tickets that were there at the instant have an age. */
const byAges = defineShape(
  'createdAt',
  z.strictObject({ at: instant, createdAt: z.array(instant) }),
  z.strictObject({ buckets, oldestSeconds }),
  ({ at, createdAt }) => {
    const ages = createdAt.filter((created) => created <= at).map((created) => secondsBetween(created, at));
    const oldest = ages.reduce((longest, age) => Math.max(longest, age), -1);
    return { buckets: countAges(ages), oldestSeconds: oldest < 0 ? null : oldest };
  },
);

const atInstant = z.strictObject({
  backlog: count,
  actionable: count,
  ids: z.array(z.string()),
  buckets: buckets.nullable(),
  oldestSeconds,
  identity: z.record(z.string(), z.union([z.int(), z.boolean()])),
});

function byTickets(figure: BacklogFigure) {
  const input = ticketsInput.extend({ at: instant.optional() });
  return defineShape('tickets', input, atInstant, ({ at, ...tickets }) => {
    const { observations, frame } = observeTickets(tickets);
    const instantly = at === undefined ? frame : { ...frame, to: at + 1000, asOf: Math.min(at, frame.asOf) };
    const { numerator, items, details } = figure(observations, instantly);
    return {
      backlog: numerator,
      actionable: details.actionable,
      ids: items.map(({ ticketId }) => ticketId),
      buckets: details.buckets,
      oldestSeconds: details.oldestSeconds,
      identity: details.identity,
    };
  });
}

export function backlogCalculator(id: string, figure: BacklogFigure): Calculator {
  return defineCalculator(id, [byStatuses, byTerms, byAges, byTickets(figure)]);
}
