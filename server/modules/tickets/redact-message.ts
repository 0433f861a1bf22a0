import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { dropUnusedFiles } from './drop-file.ts';
import { lockLivingTicket } from './queries.ts';
import { findMessageRow } from './read-messages.ts';
import { refreshConversation } from './refresh-thread.ts';

/** Takes the words and files out of a message for ever; that it was written stays. Event: message.redacted. */
export async function redactMessage(cx: CommandContext, input: { messageId: number }): Promise<void> {
  const message = await findMessageRow(cx.tx, input.messageId);
  if (!message) throw notFound('This message');
  await lockLivingTicket(cx.tx, message.ticketId);
  const redacted = await cx.tx.write(sql`
    update messages set text = '', html = null, signature = null, quote_text = null, quote_html = null,
      remote_images = 0, mail = null, redacted_at = ${cx.now}
    where id = ${message.id} and redacted_at is null`);
  if (redacted === 0) return;
  const files = await cx.tx.all<{ sha256: string }>(sql`
    delete from attachments where message_id = ${message.id} returning encode(sha256, 'hex') as sha256`);
  dropUnusedFiles(
    cx,
    files.map((file) => file.sha256),
  );
  await refreshConversation(cx, message.ticketId);
  cx.record('message.redacted', message.ticketId, { messageId: message.id });
}
