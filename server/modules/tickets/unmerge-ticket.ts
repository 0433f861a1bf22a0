import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { conflict } from '../../platform/http/errors.ts';
import { nextVersion } from './next-version.ts';
import { lockLivingTicket, lockTicket } from './queries.ts';
import { findWaitingSince, refreshThread } from './refresh-thread.ts';

/**
 * Takes a merged ticket out again, with its own messages and nothing else; what merging added to the other is taken
 * back. What was said after the merge stays where it was said. Events: ticket.unmerged; there ticket.released and
 * ticket.cc_changed.
 */
export async function unmergeTicket(cx: CommandContext, input: { ticketId: number }): Promise<void> {
  const ticket = await lockTicket(cx.tx, input.ticketId);
  if (ticket.mergedInto === null) throw conflict('This ticket is not merged.');
  const intoId = ticket.mergedInto;
  const living = await lockLivingTicket(cx.tx, intoId);
  const merge = await cx.tx.maybe<{ addedCc: number | null }>(
    sql`delete from ticket_merges where ticket_id = ${ticket.id} returning added_cc as "addedCc"`,
  );
  await cx.tx.write(sql`
    with recursive chain (id, into_id) as (
      select id, merged_into from tickets where id = ${ticket.id}
      union select tickets.id, merged_into from chain join tickets on tickets.id = chain.into_id
    )
    update tickets set merged_into = case when id = ${ticket.id} then null else merged_into end, ${nextVersion(cx)}
    where id in (select id from chain)`);
  for (const id of new Set([intoId, living.id])) await refreshThread(cx.tx, id);
  cx.record('ticket.unmerged', ticket.id, { from: intoId });
  await tellReleased(cx, ticket.id, intoId);
  await removeAddedCc(cx, intoId, merge?.addedCc ?? null);
}

/** The ticket it went into, and each one that this went into in turn: who waited there may wait no longer, or less. */
async function tellReleased(cx: CommandContext, releasedId: number, fromId: number): Promise<void> {
  let released: number = releasedId;
  let waitingSince: Date | null = null;
  for (let id: number | undefined = fromId; id !== undefined; ) {
    cx.record('ticket.released', id, {
      ticketId: released,
      waitingSince: waitingSince?.toISOString() ?? null,
    });
    const merge: Merge | undefined = await cx.tx.maybe<Merge>(
      sql`select into_id as "intoId", merged_at as "mergedAt" from ticket_merges where ticket_id = ${id}`,
    );
    if (merge) waitingSince = await findWaitingSince(cx.tx, id, merge.mergedAt);
    released = id;
    id = merge?.intoId;
  }
}

interface Merge {
  intoId: number;
  mergedAt: Date;
}

async function removeAddedCc(cx: CommandContext, ticketId: number, customerId: number | null): Promise<void> {
  if (customerId === null) return;
  const removed = await cx.tx.write(
    sql`delete from ticket_ccs where ticket_id = ${ticketId} and customer_id = ${customerId}`,
  );
  if (removed === 0) return;
  cx.record('ticket.cc_changed', ticketId, { added: [], removed: [customerId], cause: 'ticket_unmerged' });
}
