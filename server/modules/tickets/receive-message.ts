import type { CommandContext } from '../../platform/command.ts';
import { system } from '../../platform/events/event-map.ts';
import { HttpError } from '../../platform/http/errors.ts';
import type { Channel } from './events.ts';
import { attachFiles } from './insert-message.ts';
import { type MessageContent, previewOf } from './message-content.ts';
import { lockThread, type OpenThread } from './queries.ts';
import { recordMessage } from './record-message.ts';
import { writeOnThread } from './write-on-thread.ts';

/** This conversation is over: whoever brings the message opens a follow-up (`openTicket` with `followUpOf`). */
export class TicketClosed extends HttpError {
  readonly ticketId: number;
  constructor(ticketId: number) {
    super(409, 'ticket_closed', 'This ticket is closed; open a follow-up.', { details: { ticketId } });
    this.ticketId = ticketId;
  }
}

export interface ReceiveMessage {
  ticketId: number;
  customerId: number;
  channel: Channel;
  message: MessageContent;
  /** When it was written; default: now. */
  at?: Date;
}

/**
 * A customer wrote. Events: message.received; ticket.status_changed when the ticket rested (both by the customer), and
 * ticket.assigned to nobody when whoever had it has been disabled.
 */
export async function receiveMessage(
  cx: CommandContext,
  input: ReceiveMessage,
): Promise<{ ticketId: number; messageId: number }> {
  return receiveOn(cx, await lockThread(cx.tx, input.ticketId), input);
}

/** The same on a ticket that this command has locked already. */
export async function receiveOn(
  cx: CommandContext,
  ticket: OpenThread,
  input: Omit<ReceiveMessage, 'ticketId'>,
): Promise<{ ticketId: number; messageId: number }> {
  if (ticket.status === 'closed' || ticket.deletedAt) throw new TicketClosed(ticket.id);
  const at = input.at ?? cx.now;
  const status = ticket.status === 'new' ? 'new' : 'open';
  const left = status !== ticket.status && ticket.assigneeDisabled ? ticket.assigneeId : null;
  const messageId = ticket.nextMessageId;
  writeOnThread(
    cx,
    {
      id: messageId,
      ticketId: ticket.id,
      public: true,
      author: 'customer',
      authorId: input.customerId,
      channel: input.channel,
      content: input.message,
      at,
    },
    {
      status,
      assigneeId: left === null ? ticket.assigneeId : null,
      solvedAt: null,
      waitingSince: ticket.waitingSince ?? at,
      lastMessageAt: later(ticket.lastMessageAt, at),
      preview: previewOf(input.message.text),
    },
  );
  await attachFiles(cx, ticket.id, messageId, input.message.attachments);
  const customer = cx.as({ kind: 'customer', id: input.customerId });
  const written = { author: 'customer', authorId: input.customerId, public: true } as const;
  recordMessage(
    customer,
    {
      ...written,
      ticketId: ticket.id,
      messageId,
      channel: input.channel,
      attachments: input.message.attachments ?? [],
    },
    at,
  );
  if (status !== ticket.status) {
    // A mail can have been written before the change it undoes; the log of a ticket never runs backwards.
    const from = new Date(Math.max(at.getTime(), ticket.updatedAt.getTime()));
    customer.record(
      'ticket.status_changed',
      ticket.id,
      { from: ticket.status, to: status, cause: 'customer_wrote' },
      from,
    );
  }
  if (left !== null) {
    const cause = 'staff_disabled';
    cx.as(system).record('ticket.assigned', ticket.id, { from: left, to: null, by: 'routing', cause });
  }
  return { ticketId: ticket.id, messageId };
}

const later = (a: Date | null, b: Date): Date => (a && a > b ? a : b);
