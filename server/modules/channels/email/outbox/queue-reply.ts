import type { NowReaction } from '../../../../platform/command.ts';
import { type Queryable, sql } from '../../../../platform/db/database.ts';
import { isEvent, type RecordedEvent } from '../../../../platform/events/event-map.ts';
import { getTicketRow, type TicketRow } from '../../../tickets/index.ts';
import { findFirstInbox, findInbox, type Inbox } from '../../inboxes/inbox.ts';
import { findAddresses } from '../find-addresses.ts';
import { readMailKeys } from '../threads/mail-keys.ts';
import { insertOutgoing } from './insert-outgoing.ts';
import { findOutgoingOfMessage } from './outgoing-row.ts';

/** How long an agent's reply waits, and can be withdrawn. */
export const undoSeconds = 10;

const mailedChannels = new Set(['email', 'form', 'api', 'phone']);

/** The desk wrote publicly to somebody who is reached by mail: the message goes into the outbox. */
export const queueReply: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'message.sent') || event.ticketId === null || isHistory(event)) return;
  if (!mailedChannels.has(event.data.channel)) return;
  const ticket = await getTicketRow(cx.tx, event.ticketId);
  if (ticket.training || ticket.spamAt || ticket.deletedAt) return;
  // Reads that do not need each other share a round trip.
  const [waiting, inbox, addresses, { inReplyTo, references }] = await Promise.all([
    findOutgoingOfMessage(cx.tx, event.data.messageId),
    answeringInbox(cx.tx, ticket),
    findAddresses(cx.tx, [ticket.requesterId, ...ticket.ccIds]),
    readChain(cx.tx, ticket.id),
    readMailKeys(cx.tx),
  ]);
  const recipient = addresses.get(ticket.requesterId)?.[0];
  // An acknowledgement has put itself there.
  if (waiting || !inbox || !recipient) return;
  const byAgent = event.data.author === 'agent';
  await insertOutgoing(cx, {
    kind: 'reply',
    automatic: event.data.author === 'system',
    inbox,
    ticketId: ticket.id,
    messageId: event.data.messageId,
    authorId: byAgent ? event.data.authorId : null,
    recipients: [recipient],
    ccs: ticket.ccIds.flatMap((id) => addresses.get(id)?.[0] ?? []),
    subject: `${inReplyTo ? 'Re: ' : ''}${ticket.subject} [#${ticket.id}]`,
    inReplyTo,
    references,
    sendAt: new Date(cx.now.getTime() + (byAgent ? undoSeconds * 1000 : 0)),
  });
};

/** A history that is brought in tells of old messages; nobody waits for them. */
function isHistory(event: RecordedEvent): boolean {
  return event.recordedAt.getTime() - event.at.getTime() > 60_000;
}

export async function answeringInbox(db: Queryable, ticket: TicketRow): Promise<Inbox | undefined> {
  const own = ticket.inboxId === null ? undefined : await findInbox(db, ticket.inboxId);
  return own ?? findFirstInbox(db);
}

const longestChain = 20;

/** The customer's last mail, and the whole exchange before it: the first and the newest nineteen. */
export async function readChain(
  db: Queryable,
  ticketId: number,
): Promise<{ inReplyTo: string | null; references: string[] }> {
  const rows = await db.all<{ id: string; theirs: boolean }>(sql`
    select id, theirs from (
      select header_id as id, true as theirs, received_at as at from mails
        where ticket_id = ${ticketId} and header_id is not null and fate in ('ticket', 'reply')
      union all
      select header_id, false, created_at from outgoing_mails
        where ticket_id = ${ticketId} and state <> 'withdrawn'
    ) as exchanged order by at, theirs desc, id`);
  const ids = rows.map((row) => row.id).filter((id) => /^[^\s<>\p{Cc}]{3,250}$/u.test(id));
  const [first, ...rest] = ids;
  const last = rows.filter((row) => row.theirs).at(-1)?.id;
  return {
    inReplyTo: last && ids.includes(last) ? last : null,
    references: first === undefined ? [] : [first, ...rest.slice(1 - longestChain)],
  };
}
