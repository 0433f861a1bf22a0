import type { CommandContext } from '../../../../platform/command.ts';
import { type Joint, type Queryable, sql } from '../../../../platform/db/database.ts';
import { jsonRows } from '../../../../platform/db/json-rows.ts';
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
  const keys = await readMailKeys(cx.home);
  const inbox = { id: mail.inbox.id, address };
  const content = { ticketId: mail.ticketId ?? 0, outgoingId: id };
  cx.put(outgoingWriting, {
    id,
    kind: mail.kind,
    automatic: mail.automatic,
    ticket_id: mail.ticketId,
    message_id: mail.messageId,
    inbox_id: inbox.id,
    author_id: mail.authorId,
    from_name: cleanHeader(mail.inbox.name, 120),
    from_address: address,
    recipients,
    ccs: mail.ccs.filter(isPlainAddress),
    return_path: mail.automatic ? '' : bounceAddress(keys, inbox, content),
    reply_to: mail.ticketId === null ? null : replyAddress(keys, inbox, content),
    subject: cleanHeader(mail.subject),
    header_id: signedMessageId(keys, inbox, content),
    in_reply_to: mail.inReplyTo,
    reference_ids: mail.references,
    text: mail.text ?? null,
    html: mail.html ?? null,
    send_at: mail.sendAt,
    created_at: cx.now,
  });
  enqueueSending(cx, id, mail.sendAt, mail.kind === 'acknowledgement' ? 8 : 4);
  return id;
}

type Writing = { id: number } & Record<string, unknown>;

const outgoingWriting: Joint<Writing> = {
  key: ({ id }) => id,
  statement: (rows) => sql`
    insert into outgoing_mails (id, kind, automatic, ticket_id, message_id, inbox_id, author_id, from_name,
      from_address, recipients, ccs, return_path, reply_to, subject, header_id, in_reply_to, reference_ids, text, html,
      send_at, created_at)
    overriding system value
    select id, kind, automatic, ticket_id, message_id, inbox_id, author_id, from_name, from_address, recipients, ccs,
      return_path, reply_to, subject, header_id, in_reply_to, reference_ids, text, html, send_at, created_at
    from json_to_recordset(${jsonRows(rows)}) as row (id bigint, kind text, automatic boolean, ticket_id bigint,
      message_id bigint, inbox_id bigint, author_id bigint, from_name text, from_address text, recipients text[],
      ccs text[], return_path text, reply_to text, subject text, header_id text, in_reply_to text,
      reference_ids text[], text text, html text, send_at timestamptz, created_at timestamptz)`,
};

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
