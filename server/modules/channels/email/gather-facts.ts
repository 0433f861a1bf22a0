import { type Database, type Queryable, sql } from '../../../platform/db/database.ts';
import { type TicketIds, ticketReads } from '../../tickets/index.ts';
import { type Inbox, listInboxes } from '../inboxes/inbox.ts';
import { otherRecipients } from './copied-people.ts';
import type { MailRow } from './ledger/mail-row.ts';
import { possibleSenders } from './mail-sender.ts';
import { deskMark } from './own-header.ts';
import { findKnownPeople, type KnownPeople } from './people.ts';
import type { ReadMail } from './reading/read-mail.ts';
import { baseSubject } from './reading/subject.ts';
import { fromAddressOf } from './screen-mail.ts';
import { type MailKey, readMailKeys } from './threads/mail-keys.ts';

/** What the reading of a batch of mails needs to know, in as few queries as it takes. */
export interface BatchFacts {
  keys: MailKey[];
  deskMark: string;
  inboxes: Map<number, Inbox>;
  ownAddresses: Set<string>;
  people: KnownPeople;
  /** The first delivery of the same bytes to the same inbox, by mail. */
  firstDelivery: Map<number, number>;
  /** Message-IDs that came before with other bytes. */
  knownHeaderIds: Set<string>;
  /** Mails of the last hour by sender, and by sender and subject (`address\nsubject`). */
  recent: Map<string, number>;
  /** For a new ticket of each mail. */
  ticketIds: Map<number, TicketIds>;
}

export async function gatherFacts(
  db: Database,
  mails: { mail: MailRow; letter: ReadMail | null }[],
): Promise<BatchFacts> {
  const read = mails.flatMap(({ mail, letter }) => (letter ? [{ mail, letter }] : []));
  const letters = read.map(({ letter }) => letter);
  const senders = [...new Set(letters.map(fromAddressOf).filter((address) => address !== ''))];
  const writers = read.flatMap(({ mail, letter }) => possibleSenders(letter, mail.envelopeFrom));
  const recipients = letters.flatMap((letter) =>
    otherRecipients(letter, new Set()).map((one) => one.address),
  );
  const ids = letters.flatMap((letter) => letter.mail.messageId ?? []);
  const [keys, inboxes, people, firstDelivery, known, recent, ticketIds] = await db.together((tx) =>
    Promise.all([
      readMailKeys(db),
      listInboxes(tx),
      findKnownPeople(tx, [...new Set([...writers, ...recipients])]),
      findFirstDeliveries(
        tx,
        mails.map((one) => one.mail),
      ),
      tx.all<{ id: string }>(
        sql`select distinct header_id as id from mails where header_id = any(${ids}::text[])`,
      ),
      countRecent(tx, senders, mails[0]?.mail.receivedAt ?? new Date(0)),
      ticketReads.takeTicketIds(tx, mails.length),
    ]),
  );
  return {
    keys,
    deskMark: deskMark(keys),
    inboxes: new Map(inboxes.map((inbox) => [inbox.id, inbox])),
    ownAddresses: new Set(inboxes.flatMap((inbox) => inbox.addresses)),
    people,
    firstDelivery,
    knownHeaderIds: new Set(known.map((row) => row.id)),
    recent,
    ticketIds: new Map(mails.map(({ mail }, n) => [mail.id, ticketIds[n] as TicketIds])),
  };
}

async function findFirstDeliveries(db: Queryable, mails: MailRow[]): Promise<Map<number, number>> {
  const rows = await db.all<{ id: number; first: number }>(sql`
    select mail.id, min(before.id) as first from mails mail
    join mails before on before.sha256 = mail.sha256 and before.id < mail.id
      and before.inbox_id is not distinct from mail.inbox_id and before.envelope_from = mail.envelope_from
      and before.fate not in ('duplicate', 'discarded')
    where mail.id = any(${mails.map((mail) => mail.id)}::bigint[]) group by mail.id`);
  return new Map(rows.map((row) => [row.id, row.first]));
}

async function countRecent(db: Queryable, senders: string[], at: Date): Promise<Map<string, number>> {
  const rows = await db.all<{ address: string; subject: string; count: number }>(sql`
    select from_address as address, coalesce(subject, '') as subject, count(*) as count from mails
    where from_address = any(${senders}::text[]) and received_at > ${new Date(at.getTime() - 3_600_000)}
    group by 1, 2`);
  const counts = new Map<string, number>();
  const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count);
  for (const row of rows) {
    add(row.address, row.count);
    add(`${row.address}\n${baseSubject(row.subject).base}`, row.count);
  }
  return counts;
}
