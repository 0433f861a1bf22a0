import { z } from 'zod';
import { notFound } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { type TicketsWanted, ticketCare, ticketReads } from '../tickets/index.ts';
import { requireOrganization, requireUser } from './named.ts';
import { envelope, readPage, readPaging } from './paging.ts';
import { presentUser } from './present-people.ts';
import { listAudits } from './read-audits.ts';
import { listUserRows } from './read-people.ts';
import { seenTicket, showTickets, ticketSideloads } from './show-tickets.ts';
import { changedTicketShape, newTicketShape } from './ticket-body.ts';
import { type Asking, idParams, idsOf, textOf, wireRoute } from './wire-route.ts';
import { createWireTicket, updateWireTicket } from './write-ticket.ts';

/** Tickets that this person may see, narrowed by a condition; spam and merged ones are there, deleted ones are not. */
export async function listTickets(asking: Asking, wanted: TicketsWanted): Promise<Record<string, unknown>> {
  const { desk, who, query } = asking;
  const listing = ticketReads.ticketListing(who, { externalId: textOf(query, 'external_id'), ...wanted });
  const page = await readPage(desk.db, listing, readPaging(query));
  const { objects, rows } = await showTickets(asking, page.ids);
  return { ...envelope(asking, 'tickets', objects, page), ...(await ticketSideloads(asking, rows)) };
}

async function showTicket(asking: Asking, id: number): Promise<Record<string, unknown>> {
  const { objects, rows } = await showTickets(asking, [id]);
  if (!objects[0]) throw notFound('This ticket');
  return { ticket: objects[0], ...(await ticketSideloads(asking, rows)) };
}

/** After a write the answer also carries the audit it made. */
async function showWritten(asking: Asking, id: number): Promise<Record<string, unknown>> {
  const audits = await listAudits(
    asking.desk.db,
    asking.base,
    await ticketReads.getTicketRow(asking.desk.db, id),
  );
  return { ...(await showTicket(asking, id)), audit: audits.at(-1) ?? null };
}

async function listOfUser(
  asking: Asking,
  id: number,
  wanted: TicketsWanted,
): Promise<Record<string, unknown>> {
  await requireUser(asking, id);
  return listTickets(asking, wanted);
}

export const ticketRoutes = [
  wireRoute({
    method: 'GET',
    path: '/tickets',
    policy: 'wire.read',
    summary: 'Tickets, a page at a time',
    answer: (asking) => listTickets(asking, {}),
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/recent',
    policy: 'wire.read',
    summary: 'Tickets that changed last',
    answer: (asking) =>
      listTickets(
        { ...asking, query: { sort_by: 'updated_at', sort_order: 'desc', ...asking.query } },
        { shown: true },
      ),
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/count',
    policy: 'wire.read',
    summary: 'How many tickets there are',
    answer: async (asking) => {
      const value = await ticketReads.countTickets(asking.desk.db, asking.who);
      return { count: { value, refreshed_at: new Date().toISOString() } };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/show_many',
    policy: 'wire.read',
    summary: 'Up to 100 tickets by id',
    answer: (asking) => listTickets(asking, { ids: idsOf(asking.query) }),
  }),
  wireRoute({
    method: 'POST',
    path: '/tickets',
    policy: 'wire.write',
    summary: 'Create a ticket with its first comment',
    body: z.strictObject({ ticket: newTicketShape }),
    answer: async (asking, _params, { ticket }) => {
      const id = await asking.desk.run(actorOf(asking.who), (cx) => createWireTicket(cx, asking.who, ticket));
      return showWritten(asking, id);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/:id',
    policy: 'wire.read',
    summary: 'One ticket',
    params: idParams,
    answer: async (asking, { id }) => showTicket(asking, (await seenTicket(asking, id)).id),
  }),
  wireRoute({
    method: 'PUT',
    path: '/tickets/:id',
    policy: 'wire.write',
    summary: 'Change a ticket and comment on it',
    params: idParams,
    body: z.strictObject({ ticket: changedTicketShape }),
    answer: async (asking, { id }, { ticket }) => {
      await asking.desk.run(actorOf(asking.who), (cx) => updateWireTicket(cx, asking.who, id, ticket));
      return showWritten(asking, id);
    },
  }),
  wireRoute({
    method: 'DELETE',
    path: '/tickets/:id',
    policy: 'wire.write',
    summary: 'Delete a ticket; it can be restored at the native API',
    params: idParams,
    status: 204,
    answer: async (asking, { id }) => {
      await seenTicket(asking, id);
      await asking.desk.run(actorOf(asking.who), (cx) => ticketCare.deleteTicket(cx, { ticketId: id }));
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/tickets/requested',
    policy: 'wire.read',
    summary: 'Tickets a user asked for',
    params: idParams,
    answer: (asking, { id }) => listOfUser(asking, id, { requesterId: id }),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/tickets/assigned',
    policy: 'wire.read',
    summary: 'Tickets assigned to a user',
    params: idParams,
    answer: (asking, { id }) => listOfUser(asking, id, { assigneeId: id }),
  }),
  wireRoute({
    method: 'GET',
    path: '/users/:id/tickets/ccd',
    policy: 'wire.read',
    summary: 'Tickets a user is in copy of',
    params: idParams,
    answer: (asking, { id }) => listOfUser(asking, id, { copiedId: id }),
  }),
  wireRoute({
    method: 'GET',
    path: '/organizations/:id/tickets',
    policy: 'wire.read',
    summary: 'Tickets of an organization',
    params: idParams,
    answer: async (asking, { id }) => {
      await requireOrganization(asking, id);
      return listTickets(asking, { organizationId: id });
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/tickets/:id/collaborators',
    policy: 'wire.read',
    summary: 'Followers of a ticket and people in copy',
    params: idParams,
    answer: async (asking, { id }) => {
      const ticket = await seenTicket(asking, id);
      const rows = await listUserRows(asking.desk.db, [...ticket.ccIds, ...ticket.followerIds]);
      const users = rows.map((row) => presentUser(asking.base, row));
      return { users, count: users.length, next_page: null, previous_page: null };
    },
  }),
];
