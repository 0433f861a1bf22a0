import type { FigureAnswer } from '../../server/modules/metrics/contract.ts';
import type { Ticket, TicketDetail } from '../../server/modules/tickets/contract.ts';
import { ask, day, type Journey, query, until } from './journey.ts';

export interface NewTicket {
  subject: string;
  requester: { id: number } | { email: string; name?: string };
  message?: { text: string; author?: 'customer' | 'agent'; public?: boolean };
  channel?: Ticket['channel'];
  [property: string]: unknown;
}

/** A ticket through the API, with the journey's tag on it. */
export function openTicket(journey: Journey, ticket: NewTicket): Promise<TicketDetail> {
  const whole = { message: { text: 'Please help.' }, tags: [journey.tag], ...ticket };
  return ask<TicketDetail>(journey, 'POST', '/tickets', whole);
}

export const getTicket = (journey: Journey, id: number): Promise<TicketDetail> =>
  ask<TicketDetail>(journey, 'GET', `/tickets/${id}`);

export const changeTicket = (journey: Journey, id: number, change: object): Promise<TicketDetail> =>
  ask<TicketDetail>(journey, 'PATCH', `/tickets/${id}`, change);

/** Puts the journey's tag on a ticket that came by mail, so that its figures can be asked for alone. */
export const tagTicket = (journey: Journey, id: number): Promise<TicketDetail> =>
  changeTicket(journey, id, { addTags: [journey.tag] });

export const reply = (journey: Journey, id: number, message: object): Promise<unknown> =>
  ask(journey, 'POST', `/tickets/${id}/messages`, message);

export async function listTickets(
  journey: Journey,
  filter: Record<string, string | number>,
): Promise<Ticket[]> {
  const { items } = await ask<{ items: Ticket[] }>(journey, 'GET', `/tickets?${query(filter)}`);
  return items;
}

/** Whole histories, with times of their own; every line must be taken. */
export async function importHistory(journey: Journey, lines: object[]): Promise<number[]> {
  const text = lines.map((line) => JSON.stringify({ tags: [journey.tag], ...line })).join('\n');
  const { items } = await ask<{ items: { fate: string; ticketId?: number; error?: unknown }[] }>(
    journey,
    'POST',
    '/imports/history',
    text,
  );
  return items.map(({ fate, ticketId, error }) => {
    if (fate === 'created' && ticketId !== undefined) return ticketId;
    throw new Error(`an imported line was ${fate}: ${JSON.stringify(error)}`);
  });
}

export type Figure = FigureAnswer & Record<string, unknown>;

/** A KPI over the journey's own tickets of these days. */
export function figure(
  journey: Journey,
  kpi: string,
  asked: Record<string, string | number> = {},
): Promise<Figure> {
  const days = { from: day(-3), to: day(3), tag: journey.tag, ...asked };
  return ask<Figure>(journey, 'GET', `/kpis/${kpi}?${query(days)}`);
}

/** The figure once it is as expected; figures follow the event log a moment behind it. */
export async function figureUntil(
  journey: Journey,
  kpi: string,
  right: (figure: Figure) => boolean,
  asked: Record<string, string | number> = {},
): Promise<Figure> {
  let last: Figure | undefined;
  try {
    return await until(`the expected ${kpi}`, async () => {
      last = await figure(journey, kpi, asked);
      return right(last) ? last : null;
    });
  } catch (error) {
    const { value, n, exclusions } = last ?? {};
    throw new Error(`${(error as Error).message}; it stands at ${JSON.stringify({ value, n, exclusions })}`);
  }
}
