import type { z } from 'zod';
import type { CreatePolicy, Policy, ticketSlaShape } from '../../server/modules/sla/contract.ts';
import { ask, type Journey, until } from './journey.ts';

export type TicketSla = z.infer<typeof ticketSlaShape>;
type Wanted = Pick<CreatePolicy, 'name'> & {
  filter?: object;
  targets: { target: string; seconds: number; clock?: string; priority?: string | null }[];
};

export const makePolicy = (my: Journey, wanted: Wanted): Promise<Policy> =>
  ask<Policy>(my, 'POST', '/sla-policies', wanted);

/** A filter that holds for this journey's tickets alone. */
export const onlyTagged = (tag: string) => ({
  all: [{ field: 'ticket_tag', op: 'any_of', values: [tag] }],
});

export const slaOf = (my: Journey, ticketId: number): Promise<TicketSla> =>
  ask<TicketSla>(my, 'GET', `/tickets/${ticketId}/sla`);

export const slaUntil = (
  my: Journey,
  ticketId: number,
  what: string,
  right: (sla: TicketSla) => unknown,
): Promise<TicketSla> =>
  until(what, async () => {
    const sla = await slaOf(my, ticketId);
    return right(sla) ? sla : null;
  });

/** The desk measures in whole seconds: an instant is cut before it is subtracted. */
export const secondOf = (instant: string | null): number => Math.floor(Date.parse(instant ?? '') / 1000);
