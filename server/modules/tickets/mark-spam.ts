import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { nextVersion } from './next-version.ts';
import { lockTicket } from './queries.ts';

/** Out of every list and figure. Event: ticket.marked_spam. */
export async function markSpam(cx: CommandContext, input: { ticketId: number }): Promise<void> {
  const ticket = await lockTicket(cx.tx, input.ticketId);
  if (ticket.spamAt) return;
  await cx.tx.write(sql`update tickets set spam_at = ${cx.now}, ${nextVersion(cx)}
    where id = ${ticket.id}`);
  cx.record('ticket.marked_spam', ticket.id, {});
}

/** Back again. Event: ticket.unmarked_spam. */
export async function unmarkSpam(cx: CommandContext, input: { ticketId: number }): Promise<void> {
  const ticket = await lockTicket(cx.tx, input.ticketId);
  if (!ticket.spamAt) return;
  await cx.tx.write(sql`update tickets set spam_at = null, ${nextVersion(cx)}
    where id = ${ticket.id}`);
  cx.record('ticket.unmarked_spam', ticket.id, {});
}
