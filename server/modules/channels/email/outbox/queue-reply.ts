import type { NowReaction } from '../../../../platform/command.ts';
import type { Queryable } from '../../../../platform/db/database.ts';
import { isEvent, type RecordedEvent } from '../../../../platform/events/event-map.ts';
import { conflict } from '../../../../platform/http/errors.ts';
import { insertOutgoing } from './insert-outgoing.ts';
import { type ReplyFacts, readReplyFacts } from './read-reply-facts.ts';

/** How long an agent's reply waits, and can be withdrawn. */
const undoSeconds = 10;

const mailedChannels = new Set(['email', 'form', 'api', 'phone']);

/**
 * The desk wrote publicly to somebody who is reached by mail: the message goes into the outbox.
 * @throws 409 for an agent's answer to a mail whose sender has no address.
 */
export const queueReply: NowReaction = async (cx, event) => {
  if (!isMailed(event)) return;
  const facts = await reading.get(event);
  if (!facts) return;
  const byAgent = event.data.author === 'agent';
  if (facts.recipient === null) {
    if (byAgent && event.data.channel === 'email') throw unreachable();
    return;
  }
  const { inReplyTo, references } = chainOf(facts);
  await insertOutgoing(cx, {
    id: facts.outgoingId,
    kind: 'reply',
    automatic: event.data.author === 'system',
    inbox: facts.inbox,
    ticketId: event.ticketId,
    messageId: event.data.messageId,
    authorId: byAgent ? event.data.authorId : null,
    recipients: [facts.recipient],
    ccs: facts.ccs,
    subject: `${inReplyTo ? 'Re: ' : ''}${facts.subject} [#${event.ticketId}]`,
    inReplyTo,
    references,
    sendAt: new Date(cx.now.getTime() + (byAgent ? undoSeconds * 1000 : 0)),
  });
};

/** It would count as an answer that nobody gets. At other doors the customer may read it where they asked. */
const unreachable = () =>
  conflict('The customer has no address to write to; add one, or leave a note.', undefined, 'no_address');

type Sent = RecordedEvent<'message.sent'> & { ticketId: number };

const isMailed = (event: RecordedEvent): event is Sent =>
  isEvent(event, 'message.sent') && event.ticketId !== null && mailedChannels.has(event.data.channel);

type Facts = Promise<ReplyFacts | undefined>;

/** Asked together with the ticket's lock, for the first message that the command sends. */
const readEarly = new WeakMap<Queryable, { ticketId: number; facts: Facts }>();
const reading = new WeakMap<RecordedEvent, Facts>();

queueReply.early = (tx, ticketId) => {
  if (ticketId === null) return;
  const facts = readReplyFacts(tx, { ticketId, messageId: null });
  facts.catch(() => undefined);
  readEarly.set(tx, { ticketId, facts });
};

queueReply.ahead = (tx, event, told) => {
  if (!isMailed(event)) return;
  const { ticketId, data } = event;
  const facts = takeEarly(tx, event, told) ?? readReplyFacts(tx, { ticketId, messageId: data.messageId });
  facts.catch(() => undefined);
  reading.set(event, facts);
};

const harmless = new Set(['message.sent', 'ticket.status_changed', 'ticket.assigned', 'ticket.claimed']);

/** Only the agent's own: an acknowledgement may be in the outbox already. None when the command changed who is in copy. */
function takeEarly(
  tx: Queryable,
  { ticketId, data }: Sent,
  told: readonly RecordedEvent[],
): Facts | undefined {
  const early = readEarly.get(tx);
  if (early?.ticketId !== ticketId || data.author !== 'agent') return undefined;
  readEarly.delete(tx);
  return told.every((event) => event.ticketId !== ticketId || harmless.has(event.type))
    ? early.facts
    : undefined;
}

const longestChain = 20;

/** The customer's last mail, and the whole exchange before it: the first and the newest nineteen. */
function chainOf({ exchanged, lastTheirs }: ReplyFacts): { inReplyTo: string | null; references: string[] } {
  const ids = exchanged.filter((id) => /^[^\s<>\p{Cc}]{3,250}$/u.test(id));
  const [first, ...rest] = ids;
  return {
    inReplyTo: lastTheirs !== null && ids.includes(lastTheirs) ? lastTheirs : null,
    references: first === undefined ? [] : [first, ...rest.slice(1 - longestChain)],
  };
}
