import type { NowReaction } from '../../../../platform/command.ts';
import type { Queryable } from '../../../../platform/db/database.ts';
import { isEvent, type RecordedEvent } from '../../../../platform/events/event-map.ts';
import { rememberMailKeys } from '../threads/mail-keys.ts';
import { insertOutgoing } from './insert-outgoing.ts';
import { type ReplyFacts, readReplyFacts } from './read-reply-facts.ts';

/** How long an agent's reply waits, and can be withdrawn. */
export const undoSeconds = 10;

const mailedChannels = new Set(['email', 'form', 'api', 'phone']);

/** The desk wrote publicly to somebody who is reached by mail: the message goes into the outbox. */
export const queueReply: NowReaction = async (cx, event) => {
  const facts = await factsFor(cx.tx, event);
  if (!facts || !isEvent(event, 'message.sent')) return;
  rememberMailKeys(cx.tx, facts.keys);
  const { inReplyTo, references } = chainOf(facts.exchanged);
  const byAgent = event.data.author === 'agent';
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

queueReply.ahead = (tx, event) => void factsFor(tx, event)?.catch(() => undefined);

const reading = new WeakMap<RecordedEvent, Promise<ReplyFacts | undefined>>();

function factsFor(tx: Queryable, event: RecordedEvent): Promise<ReplyFacts | undefined> | undefined {
  if (!isEvent(event, 'message.sent') || event.ticketId === null) return undefined;
  if (!mailedChannels.has(event.data.channel)) return undefined;
  const facts = reading.get(event) ?? readReplyFacts(tx, event.ticketId, event.data.messageId);
  reading.set(event, facts);
  return facts;
}

const longestChain = 20;

/** The customer's last mail, and the whole exchange before it: the first and the newest nineteen. */
function chainOf(rows: ReplyFacts['exchanged']): { inReplyTo: string | null; references: string[] } {
  const ids = rows.map((row) => row.id).filter((id) => /^[^\s<>\p{Cc}]{3,250}$/u.test(id));
  const [first, ...rest] = ids;
  const last = rows.filter((row) => row.theirs).at(-1)?.id;
  return {
    inReplyTo: last && ids.includes(last) ? last : null,
    references: first === undefined ? [] : [first, ...rest.slice(1 - longestChain)],
  };
}
