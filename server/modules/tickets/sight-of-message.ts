import type { Queryable } from '../../platform/db/database.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { findTicketRow } from './queries.ts';
import type { MessageRow } from './read-messages.ts';
import { canSee } from './sight.ts';
import { mayReadMessage } from './ticket-detail.ts';

/** May this person read this message, and so what belongs to it, wherever its ticket has gone? */
export async function canSeeMessage(
  db: Queryable,
  principal: Principal,
  message: MessageRow,
): Promise<boolean> {
  if (principal.kind === 'customer') return mayReadMessage(db, principal, message);
  return canSeeConversation(db, principal, message.ticketId);
}

/** A merged ticket's words show on the one it went into, so seeing that one is enough. */
async function canSeeConversation(db: Queryable, principal: Principal, ticketId: number): Promise<boolean> {
  for (let id: number | null = ticketId; id !== null; ) {
    const ticket = await findTicketRow(db, id);
    if (!ticket) return false;
    if (canSee(principal, ticket)) return true;
    id = ticket.mergedInto;
  }
  return false;
}
