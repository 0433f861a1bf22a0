import { z } from 'zod';
import type { Desk } from '../../platform/desk.ts';
import { notFound } from '../../platform/http/errors.ts';
import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { type Message, messageShape, sendMessageBody, ticketParams, ticketShape } from './contract.ts';
import { findNames } from './names.ts';
import { getTicketRow } from './queries.ts';
import { authorsOf, findMessageRow, type MessageRow, presentMessage } from './read-messages.ts';
import { redactMessage } from './redact-message.ts';
import { refuseUnseen } from './sight.ts';
import { withoutInnerWorkings } from './ticket-detail.ts';
import { showTicket } from './ticket-routes.ts';
import { writeOnTicket } from './written-ticket.ts';

async function getMessage(desk: Desk, id: number): Promise<MessageRow> {
  const row = await findMessageRow(desk.db, id);
  if (!row) throw notFound('This message');
  return row;
}

async function showMessage(desk: Desk, principal: Principal, row: MessageRow): Promise<Message> {
  const message = presentMessage(row, await findNames(desk.db, authorsOf([row])));
  return principal.kind === 'customer' ? withoutInnerWorkings(message) : message;
}

export const messageRoutes = [
  route({
    method: 'POST',
    path: '/api/desk/v1/tickets/:id/messages',
    policy: 'ticket.write',
    summary: 'Reply to the customer, or leave a note for colleagues',
    params: ticketParams,
    body: sendMessageBody,
    response: z.object({ message: messageShape, ticket: ticketShape }),
    handle: async ({ desk, principal, params, body }) => {
      const who = principal as Principal;
      const { messageId } = await desk.run(actorOf(who), (cx) => writeOnTicket(cx, who, params.id, body));
      const row = await getMessage(desk, messageId);
      const [message, ticket] = await Promise.all([
        showMessage(desk, who, row),
        showTicket(desk, who, row.ticketId),
      ]);
      return { message, ticket };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/desk/v1/messages/:id/content',
    policy: 'message.redact',
    summary: 'Take the words and files out of a message for ever; that it was written stays',
    params: ticketParams,
    response: messageShape,
    handle: async ({ desk, principal, params }) => {
      const who = principal as Principal;
      const { ticketId } = await getMessage(desk, params.id);
      refuseUnseen(who, await getTicketRow(desk.db, ticketId));
      await desk.run(actorOf(who), (cx) => redactMessage(cx, { messageId: params.id }));
      return showMessage(desk, who, await getMessage(desk, params.id));
    },
  }),
];
