import { type Queryable, sql } from '../../../../platform/db/database.ts';
import type { Inbox } from '../../inboxes/inbox.ts';
import { mailKeysColumn, type WrittenMailKey } from '../threads/mail-keys.ts';

export interface ReplyFacts {
  /** The id that the mail in the outbox gets. */
  outgoingId: number;
  subject: string;
  recipient: string;
  ccs: string[];
  inbox: Pick<Inbox, 'id' | 'name' | 'addresses'>;
  /** The Message-IDs exchanged so far, oldest first. */
  exchanged: { id: string; theirs: boolean }[];
  keys: WrittenMailKey[] | null;
}

/**
 * All that a reply by mail needs to know of its ticket, in one statement, since every reply waits for it; nothing
 * when no mail is to go: the ticket is not for customers' eyes, an acknowledgement has put itself in the outbox
 * already, or there is nobody to write to or no inbox to write from.
 */
export async function readReplyFacts(
  db: Queryable,
  ticketId: number,
  messageId: number | null,
): Promise<ReplyFacts | undefined> {
  const row = await db.maybe<ReplyFacts | (ReplyFacts & { inbox: null; recipient: null })>(sql`
    select nextval('outgoing_mails_id_seq') as "outgoingId", subject,
      (select value_key from customer_identities where kind = 'email' and customer_id = tickets.requester_id
        order by is_primary desc, id limit 1) as recipient,
      to_jsonb(array(select address.value_key from ticket_ccs, lateral (
          select value_key from customer_identities where kind = 'email' and customer_id = ticket_ccs.customer_id
          order by is_primary desc, id limit 1) as address
        where ticket_id = tickets.id order by ticket_ccs.customer_id)) as ccs,
      (select jsonb_build_object('id', id, 'name', name, 'addresses',
          array(select address from inbox_addresses where inbox_id = inboxes.id order by position))
        from inboxes where id = tickets.inbox_id or active
        order by id is not distinct from tickets.inbox_id desc, id limit 1) as inbox,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'theirs', theirs) order by at, theirs desc, id), '[]')
        from (
          select header_id as id, true as theirs, received_at as at from mails
            where ticket_id = tickets.id and header_id is not null and fate in ('ticket', 'reply')
          union all
          select header_id, false, created_at from outgoing_mails
            where ticket_id = tickets.id and state <> 'withdrawn'
        ) as mail) as exchanged,
      ${mailKeysColumn} as keys
    from tickets
    where id = ${ticketId} and not training and spam_at is null and deleted_at is null
      and not exists (select from outgoing_mails where message_id = ${messageId}::bigint)`);
  return row?.inbox && row.recipient ? row : undefined;
}
