import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { nextVersion } from './next-version.ts';
import { lockTicket } from './queries.ts';

/** Out of sight, until somebody restores it. Event: ticket.deleted. */
export async function deleteTicket(cx: CommandContext, input: { ticketId: number }): Promise<void> {
  const ticket = await lockTicket(cx.tx, input.ticketId);
  if (ticket.deletedAt) return;
  await cx.tx.write(sql`update tickets set deleted_at = ${cx.now}, ${nextVersion(cx)}
    where id = ${ticket.id}`);
  cx.record('ticket.deleted', ticket.id, {});
}

/** Event: ticket.restored. */
export async function restoreTicket(cx: CommandContext, input: { ticketId: number }): Promise<void> {
  const ticket = await lockTicket(cx.tx, input.ticketId);
  if (!ticket.deletedAt) return;
  await cx.tx.write(sql`update tickets set deleted_at = null, ${nextVersion(cx)}
    where id = ${ticket.id}`);
  cx.record('ticket.restored', ticket.id, {});
}
