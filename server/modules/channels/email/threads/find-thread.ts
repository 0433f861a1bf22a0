import { type Queryable, sql } from '../../../../platform/db/database.ts';
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
  justRead: ReadonlyMap<string, number>;
}

/**
 * Where a mail belongs. `stranger`: a token of ours in the hands of somebody who is not on the ticket; a person
 * decides about it.
 */
export type Thread = { ticketId: number; by: 'token' | 'customer_mail' | 'subject'; stranger: boolean };

/** In the order of trust: signed address, signed Message-ID, a customer's own Message-ID, the subject's number. */
export async function findThread(db: Queryable, question: ThreadQuestion): Promise<Thread | null> {
  const signed = findSignedTicket(question);
  if (signed !== null) {
    const ticket = await findLivingTicket(db, signed);
    if (ticket)
      return { ticketId: ticket.id, by: 'token', stranger: !takesPart(ticket, question.customerId) };
  }
  if (question.customerId === null) return null;
  const answered = await findAnsweredTicket(db, question);
  if (answered !== null && (await isOnTicket(db, answered, question.customerId))) {
    return { ticketId: answered, by: 'customer_mail', stranger: false };
  }
  const named = question.letter.subject.ticketNumber;
  if (named !== null && (await isOnTicket(db, named, question.customerId))) {
    return { ticketId: named, by: 'subject', stranger: false };
  }
  return null;
}

/** The ticket that a token signed for this inbox names, wherever in the mail it stands. */
function findSignedTicket({ letter, envelopeTo, inbox, keys }: ThreadQuestion): number | null {
  const { to, cc, deliveredTo, inReplyTo, references } = letter.mail;
  const addresses = [envelopeTo, ...deliveredTo, ...[...to, ...cc].slice(0, 50).map((one) => one.address)];
  for (const full of addresses) {
    const { address, plus } = splitAddress(full);
    const token =
      plus !== null && inbox.addresses.includes(address) ? readPlusToken(keys, inbox.id, plus) : null;
    if (token?.purpose === 'reply') return token.content.ticketId;
  }
  for (const id of [...inReplyTo, ...[...references].reverse()].slice(0, 60)) {
    const token = readMessageIdToken(keys, inbox.id, id);
    if (token) return token.ticketId;
  }
  return null;
}

async function findAnsweredTicket(
  db: Queryable,
  { letter, inbox, justRead }: ThreadQuestion,
): Promise<number | null> {
  const ids = [...new Set([...letter.mail.inReplyTo, ...letter.mail.references])].slice(-60);
  if (ids.length === 0) return null;
  const near = ids.map((id) => justRead.get(id)).find((ticketId) => ticketId !== undefined);
  if (near !== undefined) return near;
  const row = await db.maybe<{ ticketId: number }>(sql`
    select ticket_id as "ticketId" from mails
    where header_id = any(${ids}::text[]) and inbox_id = ${inbox.id} and ticket_id is not null
      and fate in ('ticket', 'reply')
    order by id desc limit 1`);
  return row?.ticketId ?? null;
}

type People = { id: number; requesterId: number; ccIds: number[] };

/** The ticket, or the one it was merged into. */
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
