import type { CommandContext } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { openStates } from './outgoing-row.ts';

/**
 * In a desk that was restored: what was about to go when its backup was made has mostly gone since. Nothing of it is
 * sent by itself, its job finds nothing to do; each can be tried again by hand. Answers how many. Event: mail.held for
 * each.
 */
export async function holdOutgoing(cx: CommandContext): Promise<number> {
  const rows = await cx.tx.all<{ id: number; ticketId: number | null }>(sql`
    update outgoing_mails set state = 'held' where state = any(${openStates}::text[])
    returning id, ticket_id as "ticketId"`);
  for (const { id, ticketId } of rows) cx.record('mail.held', ticketId, { outgoingId: id });
  return rows.length;
}
