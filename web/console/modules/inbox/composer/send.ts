import type { Message, Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../../api/api-error.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import type { Translate } from '../../../../ui/formats.ts';
import { toast } from '../../../../ui/toast.ts';
import { inOrder } from '../acts/in-order.ts';
import { changeDetail, patchTicket, refreshTicket } from '../ticket-cache.ts';
import { clearBox, dropDraft, putBack } from './draft.ts';
import { addOutgoing, dropOutgoing, markOutgoing, type Outgoing, outgoing } from './outgoing.ts';
import { undoSending } from './undo-sending.ts';

type Sent = { message: Message; ticket: Ticket };

/** Shows the message at once and empties the box; the words are kept until the desk has them. */
export function send(one: Outgoing, t: Translate): void {
  addOutgoing(one);
  clearBox(one.ticketId, one.kind);
  if (one.status) patchTicket(one.ticketId, { status: one.status });
  void deliver(one, t, false);
}

export function sendAgain(one: Outgoing, t: Translate, options: { force: boolean }): void {
  markOutgoing(one.key, { state: 'sending', why: '', missed: [] });
  void deliver(one, t, options.force);
}

/** Replies that were to be taken back before the desk had them. */
const unwanted = new Set<string>();

/** Takes back the reply that is on its way to the desk, as soon as it is there; says whether there is one. */
export function takeBackSending(ticketId: number): boolean {
  const one = outgoing
    .get()
    .findLast((each) => each.ticketId === ticketId && each.kind === 'reply' && each.state === 'sending');
  if (one) unwanted.add(one.key);
  return one !== undefined;
}

/** Gives up sending: what was written is in the box again, by one who has now seen what they had missed. */
export function takeBack(one: Outgoing): void {
  dropOutgoing(one.key);
  const seenId = one.missed.findLast((message) => message.public)?.id ?? one.draft.seenId;
  putBack(one.ticketId, one.kind, { ...one.draft, seenId });
}

async function deliver(one: Outgoing, t: Translate, force: boolean): Promise<void> {
  try {
    const sent = await inOrder(one.ticketId, () => post(one, force));
    arrived(one, sent, t);
  } catch (error) {
    refused(one, error, t);
  }
}

const post = (
  { ticketId, kind, draft, status, mentions, lastSeenMessageId, key }: Outgoing,
  force: boolean,
) =>
  request<Sent>('POST', `/tickets/${ticketId}/messages`, {
    idempotencyKey: force ? `${key}-force` : key,
    body: {
      text: draft.text,
      public: kind === 'reply',
      attachments: draft.attachments.map((file) => file.key),
      status,
      ...(kind === 'reply' ? { ccs: draft.ccs ?? undefined, lastSeenMessageId, force } : { mentions }),
    },
  });

function arrived(one: Outgoing, { message, ticket }: Sent, t: Translate): void {
  changeDetail(one.ticketId, (now) =>
    now.messages.some((known) => known.id === message.id)
      ? now
      : { ...now, messages: [...now.messages, message] },
  );
  patchTicket(ticket.id, ticket);
  dropOutgoing(one.key);
  void dropDraft(one.ticketId, one.kind);
  refreshTicket(one.ticketId);
  if (unwanted.delete(one.key)) void undoSending(message, t);
  else offerUndo(one, message, t);
}

function offerUndo(one: Outgoing, message: Message, t: Translate): void {
  const until =
    message.delivery?.state === 'waiting' ? Date.parse(message.delivery.sendAt ?? '') : Number.NaN;
  const words = t(`ticket.sent.${one.status ?? one.kind}`);
  if (!(until > Date.now())) return void toast(words);
  toast(words, {
    undo: () => void undoSending(message, t),
    milliseconds: until - Date.now(),
    undoUntil: until,
  });
}

function refused(one: Outgoing, error: unknown, t: Translate): void {
  unwanted.delete(one.key);
  if (one.status) patchTicket(one.ticketId, { status: one.statusBefore });
  const missed = error instanceof ApiError && error.code === 'missed_messages';
  const messages = missed ? ((error.details.messages as Message[] | undefined) ?? []) : [];
  markOutgoing(one.key, { state: missed ? 'missed' : 'failed', why: wordsOf(error, t), missed: messages });
  refreshTicket(one.ticketId);
}
