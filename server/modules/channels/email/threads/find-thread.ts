import { type Queryable, type Sql, sql } from '../../../../platform/db/database.ts';
import { ticketReads } from '../../../tickets/index.ts';
import type { Inbox } from '../../inboxes/inbox.ts';
import type { ReadMail } from '../reading/read-mail.ts';
import type { MailKey } from './mail-keys.ts';
import { readMessageIdToken, readPlusToken, splitAddress } from './mail-tokens.ts';

export interface ThreadQuestion {
  letter: ReadMail;
  envelopeTo: string;
  inbox: Inbox;
  keys: MailKey[];
  /** The customer with the sender's address, if there is one. */
  customerId: number | null;
  /** Message-IDs of customers' mails read in this very transaction, with their tickets. */
  justRead: ReadonlyMap<string, number[]>;
}

/** `borrowed_token`: one of ours in the hands of somebody who is not on the ticket. `person`: named in the ledger. */
export type FoundBy = 'token' | 'borrowed_token' | 'customer_mail' | 'subject' | 'person';

/** Where a mail says it belongs; whether it goes there is decided in `place-mail.ts`. */
export interface Thread {
  ticketId: number;
  by: FoundBy;
}

/** In the order of trust: signed address, signed Message-ID, a customer's own Message-ID, the subject's number. */
export async function findThread(db: Queryable, question: ThreadQuestion): Promise<Thread | null> {
  const signed = findSignedTicket(question);
  const ticket = signed === null ? null : await findLivingTicket(db, signed);
  if (ticket)
    return { ticketId: ticket.id, by: takesPart(ticket, question.customerId) ? 'token' : 'borrowed_token' };
  if (question.customerId === null) return null;
  const answered = await findAnsweredTicket(db, question, question.customerId);
  if (answered !== null) return { ticketId: answered, by: 'customer_mail' };
  const named = question.letter.subject.ticketNumber;
  const isTheirs = named !== null && (await isOnTicket(db, named, question.customerId));
  return isTheirs ? { ticketId: named, by: 'subject' } : null;
}

/** The ticket that a token signed for this inbox names, wherever in the mail it stands. */
function findSignedTicket({ letter, envelopeTo, inbox, keys }: ThreadQuestion): number | null {
  const { to, cc, deliveredTo, inReplyTo, references } = letter.mail;
  const addresses = [envelopeTo, ...deliveredTo, ...[...to, ...cc].slice(0, 50).map((one) => one.address)];
  for (const full of addresses) {
    const { address, plus } = splitAddress(full);
    const token =
      plus !== null && inbox.addresses.includes(address) ? readPlusToken(keys, inbox.id, plus) : null;
    if (token && (token.purpose === 'reply' || answersReturnPath(letter))) return token.content.ticketId;
  }
  for (const id of [...inReplyTo, ...[...references].reverse()].slice(0, 60)) {
    const token = readMessageIdToken(keys, inbox.id, id);
    if (token) return token.ticketId;
  }
  return null;
}

/** An absence note goes to the return path (RFC 3834, 4), often without naming the mail it answers; people do not. */
const answersReturnPath = ({ class: { kind } }: ReadMail): boolean =>
  kind === 'auto_reply' || kind === 'auto_generated';

/**
 * The newest ticket of this customer with a customer's mail of such a Message-ID. Senders choose their Message-IDs, so
 * somebody else's with the same one must not stand before it.
 */
async function findAnsweredTicket(
  db: Queryable,
  { letter, inbox, justRead }: ThreadQuestion,
  customerId: number,
): Promise<number | null> {
  const ids = [...new Set([...letter.mail.inReplyTo, ...letter.mail.references])].slice(-60);
  if (ids.length === 0) return null;
  const near = ids.flatMap((id) => justRead.get(id) ?? []);
  const row = await db.maybe<{ ticketId: number }>(sql`
    select living.id as "ticketId"
    from (
      select ticket_id, id as at from mails
      where header_id = any(${ids}::text[]) and inbox_id = ${inbox.id} and ticket_id is not null
        and fate in ('ticket', 'reply')
      union all
      select ticket_id, null from unnest(${near}::bigint[]) as just (ticket_id)
    ) as answered, lateral (${livingTicket(sql`answered.ticket_id`)}) as living
    where living.requester_id = ${customerId}
      or exists (select from ticket_ccs where ticket_id = living.id and customer_id = ${customerId})
    order by answered.at desc nulls first limit 1`);
  return row?.ticketId ?? null;
}

/** The ticket, or the one it was merged into. */
const livingTicket = (id: Sql): Sql => sql`
  with recursive up as (
    select id, merged_into, requester_id, 0 as steps from tickets where id = ${id}
    union all
    select next.id, next.merged_into, next.requester_id, up.steps + 1
    from up join tickets as next on next.id = up.merged_into where up.steps < 20
  )
  select id, requester_id from up where merged_into is null limit 1`;

type People = { id: number; requesterId: number; ccIds: number[] };

async function findLivingTicket(db: Queryable, ticketId: number): Promise<People | null> {
  let row = await ticketReads.findTicketRow(db, ticketId);
  for (let steps = 0; row && row.mergedInto !== null && steps < 20; steps++) {
    row = await ticketReads.findTicketRow(db, row.mergedInto);
  }
  return row ?? null;
}

async function isOnTicket(db: Queryable, ticketId: number, customerId: number): Promise<boolean> {
  const ticket = await findLivingTicket(db, ticketId);
  return ticket !== null && takesPart(ticket, customerId);
}

function takesPart(ticket: People, customerId: number | null): boolean {
  return customerId !== null && (ticket.requesterId === customerId || ticket.ccIds.includes(customerId));
}
