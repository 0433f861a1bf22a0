import { z } from 'zod';
import type { Queryable } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import type { EventType } from '../../platform/events/event-map.ts';
import { notFound } from '../../platform/http/errors.ts';
import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import {
  type Message,
  messageShape,
  reasonQuery,
  sendMessageBody,
  type Ticket,
  ticketParams,
  ticketShape,
} from './contract.ts';
import { keepReason } from './keep-reason.ts';
import { findNames } from './names.ts';
import { presentTickets } from './present-ticket.ts';
import { getTicketRow, lockSeenThread } from './queries.ts';
import { authorsOf, findMessageRow, type MessageRow, presentMessage } from './read-messages.ts';
import { redactMessage } from './redact-message.ts';
import { refuseStale } from './refuse-conflict.ts';
import { refuseUnseen } from './sight.ts';
import { withoutInnerWorkings } from './ticket-detail.ts';
import { type WrittenOn, writeOnTicket } from './written-ticket.ts';

async function getMessageRow(db: Queryable, id: number): Promise<MessageRow> {
  const row = await findMessageRow(db, id);
  if (!row) throw notFound('This message');
  return row;
}

async function showMessage(
  desk: Desk,
  principal: Principal,
  row: MessageRow,
  customers?: ReadonlyMap<number, string>,
): Promise<Message> {
  const message = presentMessage(row, await findNames(desk.db, authorsOf([row]), customers));
  return principal.kind === 'customer' ? withoutInnerWorkings(message) : message;
}

async function showWritten(desk: Desk, tx: Queryable, who: Principal, { messageId, ticketId }: WrittenOn) {
  const [message, ticket] = await Promise.all([getMessageRow(tx, messageId), getTicketRow(tx, ticketId)]);
  const known = new Map([[ticket.requesterId, ticket.requesterName]]);
  const [shown] = await presentTickets(desk.db, who, [ticket]);
  return { message: await showMessage(desk, who, message, known), ticket: shown as Ticket };
}

function expectedEvent(who: Principal, body: { public: boolean }): EventType {
  if (who.kind === 'customer') return 'message.received';
  return body.public ? 'message.sent' : 'note.added';
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
    handle: ({ desk, principal, params, body }) => {
      const who = principal as Principal;
      return desk.runAndRead(actorOf(who), {
        first: (tx) => lockSeenThread(tx, who, params.id),
        expects: { type: expectedEvent(who, body), ticketId: params.id },
        shares: `ticket ${params.id}`,
        command: async (cx, thread) => {
          await refuseStale(cx, params.id, body.version);
          return writeOnTicket(cx, who, thread, body);
        },
        read: (tx, written) => showWritten(desk, tx, who, written),
      });
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/desk/v1/messages/:id/content',
    policy: 'message.redact',
    summary: 'Take the words and files out of a message for ever; that it was written stays',
    params: ticketParams,
    query: reasonQuery,
    response: messageShape,
    handle: async ({ desk, principal, params, query }) => {
      const who = principal as Principal;
      const { ticketId } = await getMessageRow(desk.db, params.id);
      refuseUnseen(who, await getTicketRow(desk.db, ticketId));
      await desk.run(actorOf(who), async (cx) => {
        keepReason(cx, query.reason);
        await redactMessage(cx, { messageId: params.id });
      });
      return showMessage(desk, who, await getMessageRow(desk.db, params.id));
    },
  }),
];
