import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { nextVersion } from './next-version.ts';
import { lockLivingTicket } from './queries.ts';
import { refuseTaken } from './refuse-conflict.ts';
import { refuseClosed } from './send-message.ts';

/** Takes a ticket nobody has; of many who try at once one gets it. Events: ticket.assigned, ticket.claimed. */
export async function claimTicket(
  cx: CommandContext,
  input: { ticketId: number; agentId: number },
): Promise<void> {
  const ticket = await lockLivingTicket(cx.tx, input.ticketId);
  if (ticket.assigneeId === input.agentId) return;
  refuseClosed(ticket);
  if (ticket.assigneeId !== null) await refuseTaken(cx, ticket);
  await cx.tx.write(sql`update tickets set assignee_id = ${input.agentId}, ${nextVersion(cx)}
    where id = ${ticket.id}`);
  cx.record('ticket.assigned', ticket.id, { from: null, to: input.agentId, by: 'agent' });
  cx.record('ticket.claimed', ticket.id, { agentId: input.agentId });
}
