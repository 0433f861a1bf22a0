import type { CommandContext } from '../../platform/command.ts';
import { join, type Sql, sql } from '../../platform/db/database.ts';
import type { AuthorKind, Channel } from './events.ts';
import type { MessageContent, NewAttachment } from './message-content.ts';

export interface NewMessage {
  id: number;
  ticketId: number;
  public: boolean;
  author: AuthorKind;
  authorId: number | null;
  channel: Channel;
  content: MessageContent;
  mentions?: number[];
  at: Date;
}

/** As a column of another statement: the id that the next message gets. */
export const nextMessageId = sql`nextval('messages_id_seq')`;

/** A message as a row of JSON, beside other keys if need be; `messageInsertion` reads it. */
export function messageRecord(cx: CommandContext, message: NewMessage): Record<string, unknown> {
  const { content } = message;
  return {
    message_id: message.id,
    ticket_id: message.ticketId,
    public: message.public,
    author_kind: message.author,
    author_id: message.authorId,
    channel: message.channel,
    text: content.text,
    html: content.html ?? null,
    signature: content.signature ?? null,
    quote_text: content.quoteText ?? null,
    quote_html: content.quoteHtml ?? null,
    remote_images: content.remoteImages ?? 0,
    sender_trust: content.senderTrust ?? null,
    mentions: message.mentions ?? [],
    mail: content.mail ?? null,
    command_id: cx.commandId,
    message_at: message.at,
  };
}

/** The types of those keys, for `json_to_recordset`. */
export const messageRecordTypes = sql`message_id bigint, ticket_id bigint, public boolean, author_kind text,
  author_id bigint, channel text, text text, html text, signature text, quote_text text, quote_html text,
  remote_images int, sender_trust text, mentions bigint[], mail jsonb, command_id bigint, message_at timestamptz`;

/** The insertion of such rows as a part of a larger statement. */
export const messageInsertion = (rows: Sql): Sql => sql`
  insert into messages (id, ticket_id, public, author_kind, author_id, channel, text, html, signature, quote_text,
    quote_html, remote_images, sender_trust, mentions, mail, command_id, created_at)
  overriding system value
  select message_id, ticket_id, public, author_kind, author_id, channel, text, html, signature, quote_text,
    quote_html, remote_images, sender_trust, mentions, mail, command_id, message_at from ${rows}`;

/** Hangs files on a message: new rows, or the sender's own uploads that wait for one. */
export async function attachFiles(
  cx: CommandContext,
  ticketId: number,
  messageId: number,
  files: NewAttachment[] | undefined,
): Promise<void> {
  if (!files || files.length === 0) return;
  const rows = files.map(
    (
      file,
    ) => sql`(${file.key}, ${messageId}::bigint, ${ticketId}::bigint, ${Buffer.from(file.sha256, 'hex')}::bytea,
      ${file.fileName}, ${file.contentType}, ${file.size}::bigint, ${file.contentId ?? null},
      ${file.inline ?? false}::boolean, ${cx.now}::timestamptz)`,
  );
  await cx.tx.write(sql`insert into attachments
      (key, message_id, ticket_id, sha256, file_name, content_type, size, content_id, inline, created_at)
    values ${join(rows)}
    on conflict (key) do update set message_id = excluded.message_id, ticket_id = excluded.ticket_id
      where attachments.message_id is null`);
}
