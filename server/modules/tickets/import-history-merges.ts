import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import type { PendingEvent } from '../../platform/events/insert-events.ts';
import type { ImportedTicket } from './import-history-rows.ts';
import { refreshThread } from './refresh-thread.ts';

export type MergeEvent = (PendingEvent<'ticket.absorbed'> | PendingEvent<'ticket.released'>) & {
  ticketId: number;
};

/**
 * What merges tell on the tickets that stay, as in a living desk; never from before such a ticket was opened. A merge
 * that was undone again may name a ticket of a later chunk: it is told there, since a log begins with its opening.
 */
export async function mergeEvents(
  cx: CommandContext,
  imported: ImportedTicket[],
  before: readonly MergeEvent[],
): Promise<{ told: MergeEvent[]; untold: MergeEvent[] }> {
  const own = imported.flatMap(({ ticketId, life }) => [
    ...life.merges.map(({ into, at, waitingSince }) => absorbed(into, at, ticketId, waitingSince)),
    ...life.unmerges.map(({ from, at }) => released(from, at, ticketId)),
  ]);
  const all = [...before, ...own];
  if (all.length === 0) return { told: [], untold: [] };
  const stayed = all.map((one) => one.ticketId);
  const rows = await cx.tx.all<{ id: number; openedAt: Date }>(sql`
    select id, created_at as "openedAt" from tickets where id = any(${stayed}::bigint[])`);
  const openedAt = new Map(rows.map((row) => [row.id, row.openedAt.getTime()]));
  const isHere = ({ ticketId }: MergeEvent) => openedAt.has(ticketId);
  return {
    told: all.filter(isHere).map((one) => ({
      ...one,
      at: new Date(Math.max(one.at.getTime(), openedAt.get(one.ticketId) ?? 0)),
    })),
    untold: all.filter((one) => !isHere(one)),
  };
}

const byDesk = { actor: { kind: 'agent', id: null }, causedBy: null } as const;

function absorbed(into: number, at: Date, ticketId: number, since: Date | null) {
  const data = { ticketId, waitingSince: since?.toISOString() ?? null };
  return { type: 'ticket.absorbed' as const, ticketId: into, at, data, ...byDesk };
}

function released(from: number, at: Date, ticketId: number) {
  const data = { ticketId, waitingSince: null };
  return { type: 'ticket.released' as const, ticketId: from, at, data, ...byDesk };
}

/** An import's own event on a ticket of an earlier chunk is no life of that ticket in this desk. */
export async function followHeads(cx: CommandContext, told: PendingEvent[]): Promise<void> {
  if (told.length === 0) return;
  await cx.tx.write(sql`
    with added as (
      select ticket_id, count(*)::int as n from unnest(${told.map(({ ticketId }) => ticketId)}::bigint[]) as t (ticket_id)
      group by ticket_id
    )
    update imported_tickets set seq = event_heads.seq
    from added join event_heads using (ticket_id)
    where imported_tickets.ticket_id = added.ticket_id and imported_tickets.seq + added.n = event_heads.seq`);
}

/** What unmerging reads; an import puts nobody in copy. */
export async function writeMerges(cx: CommandContext, imported: ImportedTicket[]): Promise<void> {
  const moved = imported.filter(({ life }) => life.merges.length > 0 || life.unmerges.length > 0);
  if (moved.length === 0) return;
  await cx.tx.write(
    sql`delete from ticket_merges where ticket_id = any(${moved.map((one) => one.ticketId)}::bigint[])`,
  );
  const merged = moved.filter(({ life }) => life.state.mergedInto !== null);
  await cx.tx.write(sql`
    insert into ticket_merges (ticket_id, into_id, merged_at)
    select * from unnest(${merged.map(({ ticketId }) => ticketId)}::bigint[],
      ${merged.map(({ life }) => life.state.mergedInto)}::bigint[],
      ${merged.map(({ life }) => life.state.mergedAt?.toISOString() ?? null)}::timestamptz[])`);
}

/** Counts anew the conversations that others came into or went out of, and whoever waited there waits still. */
export async function refreshMerged(cx: CommandContext, imported: ImportedTicket[]): Promise<void> {
  const left = new Set(imported.flatMap(({ life }) => life.unmerges.map(({ from }) => from)));
  const touched = [...left, ...imported.flatMap(({ life }) => life.merges.map(({ into }) => into))];
  const extended = imported.filter(({ extends: goesOn }) => goesOn).map(({ ticketId }) => ticketId);
  if (touched.length + extended.length === 0) return;
  const threads = await cx.tx.all<{ id: number; since: Date | null }>(sql`
    with recursive thread as (
      select id, merged_into, waiting_since from tickets
      where id = any(${touched}::bigint[]) or (id = any(${extended}::bigint[])
        and exists (select from tickets as inner_one where inner_one.merged_into = tickets.id))
      union
      select tickets.id, tickets.merged_into, tickets.waiting_since
      from thread join tickets on tickets.id = thread.merged_into
    )
    select id, waiting_since as since from thread order by id`);
  for (const { id } of threads) await refreshThread(cx.tx, id);
  const waits = [
    ...threads.filter(({ id }) => !left.has(id)).map((one) => ({ ...one, at: null })),
    ...imported.flatMap(({ life: { state } }) =>
      state.mergedInto === null
        ? []
        : [{ id: state.mergedInto, since: state.waitingSince, at: state.mergedAt }],
    ),
  ];
  await keepWaiting(cx, waits);
}

type Wait = { id: number; since: Date | null; at: Date | null };

/** The older wait counts, of one that came in unless it was answered after it had: what was said before was not to it. */
async function keepWaiting(cx: CommandContext, waits: Wait[]): Promise<void> {
  await cx.tx.write(sql`
    update tickets set waiting_since = least(waiting_since, wait.since)
    from (
      select id, min(since) as since
      from unnest(${waits.map(({ id }) => id)}::bigint[],
        ${waits.map(({ since }) => since?.toISOString() ?? null)}::timestamptz[],
        ${waits.map(({ at }) => at?.toISOString() ?? null)}::timestamptz[]) as t (id, since, at)
      where since is not null and not exists (select from messages where ticket_id = t.id and public
        and author_kind = 'agent' and created_at >= t.at)
      group by id
    ) as wait
    where tickets.id = wait.id and unsolved`);
}
