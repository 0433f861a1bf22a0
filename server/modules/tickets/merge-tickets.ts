import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { conflict, invalid } from '../../platform/http/errors.ts';
import { nextVersion } from './next-version.ts';
import { lockLivingTicket, lockTicket } from './queries.ts';
import { refreshThread } from './refresh-thread.ts';
import { refuseStale } from './refuse-conflict.ts';
import { refuseClosed } from './send-message.ts';
import type { TicketRow } from './ticket-row.ts';

export interface MergeTickets {
  from: number;
  into: number;
  /** Of `from`; a stale one is refused with 409. */
  version?: number | undefined;
}

/**
 * Lets one conversation go on inside another. Its messages stay on their own row and show on the other; its
 * requester comes in copy there. Events: ticket.merged; on the other ticket.absorbed and ticket.cc_changed.
 */
export async function mergeTickets(cx: CommandContext, input: MergeTickets): Promise<void> {
  if (input.from === input.into) throw invalid({ into: 'a ticket cannot be merged into itself' });
  const { from, into } = await lockBoth(cx, input);
  if (from.id === into.id) throw invalid({ into: 'that ticket was merged into this one' });
  await refuseStale(cx, from.id, input.version);
  if (from.mergedInto !== null)
    throw conflict('This ticket is merged already.', { mergedInto: from.mergedInto });
  if (into.deletedAt || from.deletedAt) throw invalid({ into: 'a deleted ticket takes no part in a merge' });
  refuseClosed(into);
  const addedCc = await addRequesterCc(cx, from, into);
  await cx.tx.write(sql`insert into ticket_merges (ticket_id, into_id, added_cc, merged_at)
    values (${from.id}, ${into.id}, ${addedCc}, ${cx.now})`);
  await cx.tx.write(sql`
    update tickets set merged_into = case when id = ${from.id} then ${into.id}::bigint end,
      ${nextVersion(cx)}
    where id in (${from.id}, ${into.id})`);
  await refreshThread(cx.tx, into.id);
  await keepWaiting(cx, from, into);
  cx.record('ticket.merged', from.id, { into: into.id });
  const waitingSince = from.waitingSince?.toISOString() ?? null;
  cx.record('ticket.absorbed', into.id, { ticketId: from.id, waitingSince });
  if (addedCc === null) return;
  cx.record('ticket.cc_changed', into.id, { added: [addedCc], removed: [], cause: 'ticket_merged' });
}

/** Both rows, the lower id first, so that two merges the other way round cannot deadlock. */
async function lockBoth(
  cx: CommandContext,
  input: { from: number; into: number },
): Promise<{ from: TicketRow; into: TicketRow }> {
  for (const id of [input.from, input.into].sort((a, b) => a - b)) await lockTicket(cx.tx, id);
  return { from: await lockTicket(cx.tx, input.from), into: await lockLivingTicket(cx.tx, input.into) };
}

/** What was answered on one of the two was no answer to a message on the other. */
async function keepWaiting(cx: CommandContext, from: TicketRow, into: TicketRow): Promise<void> {
  await cx.tx.write(sql`
    update tickets set waiting_since = least(${from.waitingSince}::timestamptz, ${into.waitingSince}::timestamptz)
    where id = ${into.id} and unsolved`);
}

async function addRequesterCc(cx: CommandContext, from: TicketRow, into: TicketRow): Promise<number | null> {
  if (from.requesterId === into.requesterId) return null;
  const added = await cx.tx.write(sql`insert into ticket_ccs (ticket_id, customer_id, since)
    values (${into.id}, ${from.requesterId}, ${cx.now}) on conflict do nothing`);
  return added > 0 ? from.requesterId : null;
}
