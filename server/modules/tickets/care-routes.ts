import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import type { Desk } from '../../platform/desk.ts';
import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { changeTicket } from './change-ticket.ts';
import { claimTicket } from './claim-ticket.ts';
import {
  assignmentBody,
  careQuery,
  mergeBody,
  type Ticket,
  ticketParams,
  ticketShape,
  undoBody,
} from './contract.ts';
import { deleteTicket, restoreTicket } from './delete-ticket.ts';
import { keepReason } from './keep-reason.ts';
import { markSpam, unmarkSpam } from './mark-spam.ts';
import { mergeTickets } from './merge-tickets.ts';
import { getSeenTicket, lockTicket } from './queries.ts';
import { refuseStale } from './refuse-conflict.ts';
import { showTicket } from './ticket-routes.ts';
import { undoChange } from './undo-change.ts';
import { unmergeTicket } from './unmerge-ticket.ts';

type Command = (cx: CommandContext, input: { ticketId: number }) => Promise<void>;

const path = (noun: string) => `/api/desk/v1/tickets/:id${noun}`;

/** Runs a command on a ticket this person may see, and shows the ticket afterwards. */
async function changeSeen(
  desk: Desk,
  principal: Principal | null,
  id: number,
  command: Command,
  { version, reason }: z.output<typeof careQuery> = {},
): Promise<Ticket> {
  const who = principal as Principal;
  await getSeenTicket(desk.db, who, id);
  await desk.run(actorOf(who), async (cx) => {
    if (version !== undefined) await refuseStale(cx, (await lockTicket(cx.tx, id)).id, version);
    keepReason(cx, reason);
    await command(cx, { ticketId: id });
  });
  return showTicket(desk, who, id);
}

function plainRoute(
  method: 'PUT' | 'DELETE',
  noun: string,
  policy: string,
  summary: string,
  command: Command,
) {
  return route({
    method,
    path: path(noun),
    policy,
    summary,
    params: ticketParams,
    query: careQuery,
    response: ticketShape,
    handle: ({ desk, principal, params, query }) => changeSeen(desk, principal, params.id, command, query),
  });
}

export const careRoutes = [
  route({
    method: 'PUT',
    path: path('/assignment'),
    policy: 'ticket.change',
    summary: 'Give a ticket to somebody, or to nobody',
    params: ticketParams,
    body: assignmentBody,
    response: ticketShape,
    handle: ({ desk, principal, params, body }) =>
      changeSeen(desk, principal, params.id, (cx, { ticketId }) =>
        changeTicket(cx, { ticketId, change: body }),
      ),
  }),
  route({
    method: 'POST',
    path: path('/claim'),
    policy: 'ticket.change',
    summary: 'Take a ticket nobody has; 409 when somebody was faster',
    status: 200,
    params: ticketParams,
    body: z.strictObject({}),
    response: ticketShape,
    handle: ({ desk, principal, params }) =>
      changeSeen(desk, principal, params.id, (cx, { ticketId }) =>
        claimTicket(cx, { ticketId, agentId: (principal as Principal).id }),
      ),
  }),
  route({
    method: 'POST',
    path: path('/undo'),
    policy: 'ticket.change',
    summary: 'Take back what you just set, as if it had not been; 409 when it was changed since',
    status: 200,
    params: ticketParams,
    body: undoBody,
    response: ticketShape,
    handle: ({ desk, principal, params, body }) =>
      changeSeen(desk, principal, params.id, (cx, { ticketId }) =>
        undoChange(cx, { ticketId, staffId: (principal as Principal).id, change: body }),
      ),
  }),
  route({
    method: 'POST',
    path: path('/merge'),
    policy: 'ticket.change',
    summary: 'Let this ticket go on inside another; answers the other',
    status: 200,
    params: ticketParams,
    body: mergeBody,
    response: ticketShape,
    handle: async ({ desk, principal, params, body }) => {
      const who = principal as Principal;
      await getSeenTicket(desk.db, who, body.into);
      const { into, version, reason } = body;
      const merge: Command = (cx, { ticketId }) => mergeTickets(cx, { from: ticketId, into, version });
      const { mergedInto } = await changeSeen(desk, who, params.id, merge, { reason });
      return showTicket(desk, who, mergedInto as number);
    },
  }),
  plainRoute('DELETE', '/merge', 'ticket.change', 'Take a merged ticket out again', unmergeTicket),
  plainRoute('PUT', '/spam', 'ticket.change', 'Mark as spam: out of lists and figures', markSpam),
  plainRoute('DELETE', '/spam', 'ticket.change', 'Not spam after all', unmarkSpam),
  plainRoute('DELETE', '', 'ticket.delete', 'Delete a ticket; it can be restored', deleteTicket),
  plainRoute('PUT', '/restoration', 'ticket.delete', 'Bring a deleted ticket back', restoreTicket),
];
