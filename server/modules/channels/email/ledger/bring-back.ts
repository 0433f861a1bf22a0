import type { CommandContext } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { ticketCare, ticketReads } from '../../../tickets/index.ts';

/** The ticket that this mail had opened, if it was deleted with it and is there again now: no second one is opened. */
export async function bringBack(
  cx: CommandContext,
  mailId: number,
): Promise<{ ticketId: number; messageId: number } | null> {
  const own = await cx.tx.maybe<{ ticketId: number; messageId: number }>(sql`
    select ticket_id as "ticketId", message_id as "messageId" from undone_messages
    where mail_id = ${mailId} and with_ticket order by ticket_id desc limit 1`);
  const ticket = own && (await ticketReads.getTicketRow(cx.tx, own.ticketId));
  if (!own || !ticket?.deletedAt) return null;
  await cx.tx.write(sql`delete from undone_messages where message_id = ${own.messageId}`);
  await ticketCare.restoreTicket(cx, { ticketId: own.ticketId });
  return own;
}
