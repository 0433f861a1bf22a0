import type { CommandContext } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { conflict, notFound } from '../../../../platform/http/errors.ts';
import { ticketCare, ticketReads } from '../../../tickets/index.ts';
import { type OutgoingRow, outgoingColumns } from './outgoing-row.ts';

/** Takes a reply back before it is sent. Event: message.withdrawn. @throws 409 when it is on its way already */
export async function withdrawMail(cx: CommandContext, input: { messageId: number }): Promise<OutgoingRow> {
  const row = await cx.tx.maybe<OutgoingRow>(sql`
    select ${outgoingColumns} from outgoing_mails where message_id = ${input.messageId} for update`);
  if (!row) throw notFound('A mail for this message');
  if (row.state === 'withdrawn') return row;
  if (row.state !== 'waiting' || row.sendAt <= cx.now || row.ticketId === null) {
    throw conflict('It is too late: the message is on its way.', { state: row.state }, 'already_sent');
  }
  await cx.tx.write(sql`update outgoing_mails set state = 'withdrawn' where id = ${row.id}`);
  if (row.authorId !== null) await giveBack(cx, row.ticketId, row.authorId, input.messageId);
  cx.record('message.withdrawn', row.ticketId, { messageId: input.messageId, outgoingId: row.id });
  return { ...row, state: 'withdrawn' };
}

/** The words are the writer's draft again. */
async function giveBack(
  cx: CommandContext,
  ticketId: number,
  staffId: number,
  messageId: number,
): Promise<void> {
  const message = (await ticketReads.listMessages(cx.tx, ticketId)).find((one) => one.id === messageId);
  if (!message) return;
  const body = { text: message.text, ...(message.html ? { html: message.html } : {}) };
  await ticketCare.keepDraft(cx, { ticketId, staffId, kind: 'reply', body });
}
