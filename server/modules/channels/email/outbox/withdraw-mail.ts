import type { CommandContext } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { conflict, notFound } from '../../../../platform/http/errors.ts';
import { ticketCare } from '../../../tickets/index.ts';
import { type OutgoingRow, outgoingColumns } from './outgoing-row.ts';

export interface Withdrawn {
  /** Whose reply it was. */
  authorId: number | null;
  /** What is that person's draft again; null when it was taken back before. */
  draft: Awaited<ReturnType<typeof ticketCare.giveBackMessage>> | null;
}

/**
 * Takes a reply back before it is sent, as if it had not been: what it made of its ticket goes with it, its words and
 * files are its writer's draft again. Events: those of what it undoes, then message.withdrawn.
 * @throws 409 when it is on its way already
 */
export async function withdrawMail(
  cx: CommandContext,
  { messageId }: { messageId: number },
): Promise<Withdrawn> {
  const row = await cx.tx.maybe<OutgoingRow>(sql`
    select ${outgoingColumns} from outgoing_mails where message_id = ${messageId} for update`);
  if (!row) throw notFound('A mail for this message');
  const { authorId, ticketId } = row;
  if (row.state === 'withdrawn') return { authorId, draft: null };
  if (row.state !== 'waiting' || row.sendAt <= cx.now || ticketId === null) {
    throw conflict('It is too late: the message is on its way.', { state: row.state }, 'already_sent');
  }
  await cx.tx.write(sql`update outgoing_mails set state = 'withdrawn' where id = ${row.id}`);
  const { copiesChanged } = await ticketCare.undoMessage(cx, { ticketId, messageId });
  const ccs = copiesChanged ? { ccs: row.ccs } : {};
  const draft =
    authorId === null ? null : await ticketCare.giveBackMessage(cx, { messageId, staffId: authorId, ...ccs });
  await ticketCare.refreshConversation(cx, ticketId);
  cx.record('message.withdrawn', ticketId, { messageId, outgoingId: row.id });
  return { authorId, draft };
}
