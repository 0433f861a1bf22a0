import type { CommandContext } from '../../platform/command.ts';
import { join, type Sql, sql } from '../../platform/db/database.ts';
import type { AuthorKind, Channel } from './events.ts';
import type { MessageContent, NewAttachment } from './message-content.ts';

export interface NewMessage {
  public: boolean;
  author: AuthorKind;
  authorId: number | null;
  channel: Channel;
  content: MessageContent;
  mentions?: number[];
  at: Date;
}

/** PostgreSQL keeps no NUL in a text. */
const storable = (text: string | null | undefined): string | null => text?.replaceAll('\u0000', '') ?? null;

/** As a column of another statement: the id that the next message gets. */
export const nextMessageId = sql`nextval('messages_id_seq')`;

/** The insertion as a part of a larger statement; `id` and `ticketId` may be columns of that statement. */
export function messageInsertion(
  cx: CommandContext,
  { id, ticketId }: { id: Sql; ticketId: Sql },
  from: Sql,
  message: NewMessage,
): Sql {
  const { content } = message;
  const mail = content.mail ? JSON.stringify(content.mail).replaceAll('\\u0000', '') : null;
  return sql`insert into messages (id, ticket_id, public, author_kind, author_id, channel, text, html, signature,
      quote_text, quote_html, remote_images, sender_trust, mentions, mail, command_id, created_at)
    overriding system value
    select ${id}, ${ticketId}, ${message.public}, ${message.author}, ${message.authorId}::bigint, ${message.channel},
      ${storable(content.text) ?? ''}, ${storable(content.html)}, ${storable(content.signature)},
      ${storable(content.quoteText)}, ${storable(content.quoteHtml)}, ${content.remoteImages ?? 0}::int,
      ${content.senderTrust ?? null}, ${message.mentions ?? []}::bigint[], ${mail}::jsonb, ${cx.commandId}::bigint,
      ${message.at}::timestamptz ${from}
    returning id`;
}

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
