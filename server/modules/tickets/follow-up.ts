import type { Queryable } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { findTicketRow, getSeenTicket } from './queries.ts';

/** What a follow-up takes from the ticket it follows, unless it is told otherwise. */
export interface Carried {
  tags: string[];
  fields: Record<string, unknown>;
  /** Whoever else took part there, where the new requester did. */
  ccs: number[];
}

const nothing: Carried = { tags: [], fields: {}, ccs: [] };

/** @throws 422 while that ticket can still be written on; that there is none the database says */
export async function readFollowed(
  db: Queryable,
  { followUpOf, requesterId }: { followUpOf?: number | null | undefined; requesterId: number },
): Promise<Carried> {
  const ticket = followUpOf ? await findTicketRow(db, followUpOf) : undefined;
  if (!ticket) return nothing;
  if (ticket.status !== 'closed' && !ticket.deletedAt) {
    throw invalid({ followUpOf: 'this ticket is not closed: write on it instead' });
  }
  const people = [ticket.requesterId, ...ticket.ccIds];
  return { tags: ticket.tags, fields: ticket.fields, ccs: people.includes(requesterId) ? people : [] };
}

/** The ticket that somebody names to follow: where it lives now, if they may see it. @throws 422 */
export async function findFollowed(
  db: Queryable,
  principal: Principal,
  followUpOf: number | null | undefined,
): Promise<number | null> {
  if (!followUpOf) return null;
  const ticket = await getSeenTicket(db, principal, followUpOf).catch(() => null);
  if (!ticket) throw invalid({ followUpOf: 'no ticket of yours has this id' });
  return ticket.id;
}
