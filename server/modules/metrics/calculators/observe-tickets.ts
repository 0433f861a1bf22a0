import { z } from 'zod';
import { windowOf } from '../arithmetic/period.ts';
import { ALWAYS_OPEN } from '../arithmetic/working-time.ts';
import type { Frame } from '../figure.ts';
import type { Observation } from '../observation.ts';
import { observe } from '../observe.ts';
import { instant, period, schedule } from './fields.ts';
import { workingTimeOf } from './schedule-input.ts';
import { historyOf, ticket } from './ticket-input.ts';

/** The shape that most calculators take: whole tickets, and optionally a period, now and hours. */
export const ticketsInput = z.strictObject({
  tickets: z.array(ticket),
  period: period.optional(),
  asOf: instant.optional(),
  schedule: schedule.optional(),
});
export type TicketsInput = z.output<typeof ticketsInput>;

export type Observed = { readonly observations: Observation[]; readonly frame: Frame };

/** The same steps as for live figures: histories, then observations, then a frame to read them in. */
export function observeTickets(input: TicketsInput): Observed {
  const time = input.schedule === undefined ? ALWAYS_OPEN : workingTimeOf(input.schedule);
  const asOf = input.asOf ?? Number.POSITIVE_INFINITY;
  const observations = input.tickets.flatMap((one) => {
    const history = historyOf(one, asOf);
    return history === null ? [] : observe(history, time.secondsBetween);
  });
  const window = input.period ? windowOf(input.period) : EVER;
  const frame = {
    ...window,
    asOf,
    businessSeconds: (_: string, from: number, to: number) => time.secondsBetween(from, to),
  };
  return { observations, frame };
}

const EVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
