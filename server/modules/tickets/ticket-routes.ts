import type { Desk } from '../../platform/desk.ts';
import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { changeTicket } from './change-ticket.ts';
import {
  changeTicketBody,
  listQuery,
  openTicketBody,
  type Ticket,
  ticketDetailShape,
  ticketPage,
  ticketParams,
  ticketShape,
  timelinePage,
} from './contract.ts';
import { deskNow } from './desk-now.ts';
import { listTicketPage } from './list-tickets.ts';
import { presentTickets } from './present-ticket.ts';
import { getSeenTicket, getTicketRow } from './queries.ts';
import { listTimeline } from './read-timeline.ts';
import { refuseUnseen } from './sight.ts';
import { getTicketDetail } from './ticket-detail.ts';
import { openWrittenTicket, readBeforeOpening } from './written-ticket.ts';

const path = '/api/desk/v1/tickets';

/** The ticket as it is after a change, in its reader's eyes. */
export async function showTicket(desk: Desk, principal: Principal, id: number): Promise<Ticket> {
  const [ticket] = await presentTickets(desk.db, principal, [await getTicketRow(desk.db, id)]);
  return ticket as Ticket;
}

export const ticketRoutes = [
  route({
    method: 'GET',
    path,
    policy: 'ticket.list',
    summary: 'Tickets of a view, filtered and sorted, a page at a time',
    query: listQuery,
    response: ticketPage,
    handle: async ({ desk, principal, query }) => {
      const who = principal as Principal;
      const page = await listTicketPage(desk.db, who, query, deskNow(desk));
      return { items: await presentTickets(desk.db, who, page.rows), nextCursor: page.nextCursor };
    },
  }),
  route({
    method: 'POST',
    path,
    policy: 'ticket.open',
    summary: 'Open a ticket with its first message',
    body: openTicketBody,
    response: ticketShape,
    handle: ({ desk, principal, body }) => {
      const who = principal as Principal;
      return desk.runAndRead(actorOf(who), {
        first: (tx) => readBeforeOpening(tx, body),
        expects: { type: 'ticket.opened', ticketId: null },
        command: (cx, before) => openWrittenTicket(cx, who, body, before),
        shares: `requester ${'id' in body.requester ? body.requester.id : body.requester.email}`,
        read: async (tx, { ticketId }) => {
          const [ticket] = await presentTickets(desk.db, who, [await getTicketRow(tx, ticketId)]);
          return ticket as Ticket;
        },
      });
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:id`,
    policy: 'ticket.read',
    summary: 'A ticket with its conversation, people and your drafts',
    params: ticketParams,
    response: ticketDetailShape,
    handle: ({ desk, principal, params }) =>
      desk.db.together((tx) => getTicketDetail(tx, principal as Principal, params.id)),
  }),
  route({
    method: 'PATCH',
    path: `${path}/:id`,
    policy: 'ticket.change',
    summary: 'Change properties; a stale `version` is refused with the state now',
    params: ticketParams,
    body: changeTicketBody,
    response: ticketShape,
    handle: async ({ desk, principal, params, body }) => {
      const who = principal as Principal;
      const { id } = await getSeenTicket(desk.db, who, params.id);
      await desk.run(actorOf(who), (cx) => changeTicket(cx, { ticketId: params.id, change: body }));
      return showTicket(desk, who, id);
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:id/timeline`,
    policy: 'ticket.history',
    summary: 'Everything that happened to a ticket: what, when, who, and why',
    params: ticketParams,
    response: timelinePage,
    handle: async ({ desk, principal, params }) => {
      refuseUnseen(principal as Principal, await getTicketRow(desk.db, params.id));
      return { items: await listTimeline(desk.db, params.id), nextCursor: null };
    },
  }),
];
