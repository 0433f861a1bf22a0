import { type Joint, type Queryable, type Sql, sql } from '../../../../platform/db/database.ts';
import { jsonRows } from '../../../../platform/db/json-rows.ts';
import type { Inbox } from '../../inboxes/inbox.ts';

export interface ReplyFacts {
  /** The id that the mail in the outbox gets. */
  outgoingId: number;
  subject: string;
  /** Null when the requester has no address at all. */
  recipient: string | null;
  ccs: string[];
  inbox: Pick<Inbox, 'id' | 'name' | 'addresses'>;
  /** The Message-IDs exchanged so far, oldest first. */
  exchanged: string[];
  /** The customer's last one. */
  lastTheirs: string | null;
}

interface Wanted {
  ticketId: number;
  /** Already written; null before. */
  messageId: number | null;
}

interface Row extends Omit<ReplyFacts, 'inbox'> {
  ticketId: number;
  inboxId: number | null;
  inboxName: string;
  inboxAddresses: string[];
}

const firstAddress = (customerId: Sql): Sql => sql`(select value_key from customer_identities
  where kind = 'email' and customer_id = ${customerId} order by is_primary desc, id limit 1)`;

/** One of the requester's own addresses: the one that the newest of their mails here came from. */
const addressOfLastMail: Sql = sql`(select from_address from mails
  where ticket_id = tickets.id and fate in ('ticket', 'reply') and from_address = any (array(
    select value_key from customer_identities where kind = 'email' and customer_id = tickets.requester_id))
  order by received_at desc, id desc limit 1)`;

const factsReading: Joint<Wanted, Row> = {
  key: ({ ticketId }) => ticketId,
  of: ({ ticketId }) => ticketId,
  statement: (wanted) => sql`
    select tickets.id as "ticketId", nextval('outgoing_mails_id_seq') as "outgoingId", subject,
      coalesce(${addressOfLastMail}, ${firstAddress(sql`tickets.requester_id`)}) as recipient,
      array(select ${firstAddress(sql`ticket_ccs.customer_id`)} from ticket_ccs
        where ticket_id = tickets.id order by ticket_ccs.customer_id) as ccs,
      inboxes.id as "inboxId", inboxes.name as "inboxName",
      array(select address from inbox_addresses where inbox_id = inboxes.id order by position) as "inboxAddresses",
      array(select id from (
          select header_id as id, received_at as at, 0 as ours from mails
            where ticket_id = tickets.id and header_id is not null and fate in ('ticket', 'reply')
          union all
          select header_id, created_at, 1 from outgoing_mails
            where ticket_id = tickets.id and state <> 'withdrawn'
        ) as mail order by at, ours, id) as exchanged,
      (select header_id from mails
        where ticket_id = tickets.id and header_id is not null and fate in ('ticket', 'reply')
        order by received_at desc, header_id desc limit 1) as "lastTheirs"
    from json_to_recordset(${jsonRows(wanted)}) as wanted ("ticketId" bigint, "messageId" bigint),
      lateral (select id, subject, requester_id, inbox_id from tickets where id = wanted."ticketId" and not training
        and spam_at is null and deleted_at is null limit 1) as tickets
    left join inboxes on inboxes.id = coalesce(tickets.inbox_id, (select min(id) from inboxes where active))
    where (select id from outgoing_mails where message_id = wanted."messageId") is null`,
};

/**
 * All that a reply by mail needs to know of its ticket, in one statement, since every reply waits for it; nothing
 * when no mail is to go: the ticket is not for customers' eyes, an acknowledgement has put itself in the outbox
 * already, or there is no inbox to write from.
 */
export async function readReplyFacts(db: Queryable, wanted: Wanted): Promise<ReplyFacts | undefined> {
  const [row] = await db.joined(factsReading, wanted);
  if (!row || row.inboxId === null) return undefined;
  const { inboxId: id, inboxName: name, inboxAddresses: addresses } = row;
  return { ...row, ccs: row.ccs.filter((cc) => cc !== null), inbox: { id, name, addresses } };
}
