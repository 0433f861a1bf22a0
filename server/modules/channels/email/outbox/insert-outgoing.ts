import type { CommandContext } from '../../../../platform/command.ts';
import { type Queryable, sql } from '../../../../platform/db/database.ts';
import type { Inbox } from '../../inboxes/inbox.ts';
import { readMailKeys } from '../threads/mail-keys.ts';
import { bounceAddress, replyAddress, signedMessageId } from '../threads/mail-tokens.ts';
import { cleanHeader, isPlainAddress } from './clean-header.ts';
import type { OutgoingRow } from './outgoing-row.ts';

export interface NewOutgoing {
  /** Taken from the sequence already; else a new one. */
  id?: number;
  kind: OutgoingRow['kind'];
  automatic: boolean;
  inbox: Pick<Inbox, 'id' | 'name' | 'addresses'>;
  ticketId: number | null;
  messageId: number | null;
  authorId: number | null;
  recipients: string[];
  ccs: string[];
  subject: string;
  inReplyTo: string | null;
  references: string[];
  text?: string;
  html?: string;
  sendAt: Date;
}

/** A mail in the outbox with its Message-ID, which stays the same however often it is tried; and the job that sends it. */
export async function insertOutgoing(cx: CommandContext, mail: NewOutgoing): Promise<number> {
  const address = mail.inbox.addresses[0];
  const recipients = mail.recipients.filter(isPlainAddress);
  if (!address || recipients.length === 0) throw new Error('a mail needs a sender and somebody to go to');
  const id = mail.id ?? (await takeOutgoingId(cx.tx));
  const keys = await readMailKeys(cx.tx);
  const inbox = { id: mail.inbox.id, address };
  const content = { ticketId: mail.ticketId ?? 0, outgoingId: id };
  cx.send(sql`
    insert into outgoing_mails (id, kind, automatic, ticket_id, message_id, inbox_id, author_id, from_name,
      from_address, recipients, ccs, return_path, reply_to, subject, header_id, in_reply_to, reference_ids, text, html,
      send_at, created_at)
    overriding system value
    values (${id}, ${mail.kind}, ${mail.automatic}, ${mail.ticketId}, ${mail.messageId}, ${inbox.id}, ${mail.authorId},
      ${cleanHeader(mail.inbox.name, 120)}, ${address}, ${recipients}::text[], ${mail.ccs.filter(isPlainAddress)}::text[],
      ${mail.automatic ? '' : bounceAddress(keys, inbox, content)},
      ${mail.ticketId === null ? null : replyAddress(keys, inbox, content)}, ${cleanHeader(mail.subject)},
      ${signedMessageId(keys, inbox, content)}, ${mail.inReplyTo}, ${mail.references}::text[], ${mail.text ?? null},
      ${mail.html ?? null}, ${mail.sendAt}, ${cx.now})`);
  enqueueSending(cx, id, mail.sendAt, mail.kind === 'acknowledgement' ? 8 : 4);
  return id;
}

export async function takeOutgoingId(tx: Queryable): Promise<number> {
  const { id } = await tx.one<{ id: number }>(sql`select nextval('outgoing_mails_id_seq') as id`);
  return id;
}

export function enqueueSending(cx: CommandContext, outgoingId: number, sendAt: Date, priority = 4): void {
  cx.enqueue({
    kind: 'mail.send',
    payload: { outgoingId },
    runAt: sendAt,
    key: `mail.send:${outgoingId}`,
    priority,
  });
}
