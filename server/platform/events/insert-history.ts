import { type Queryable, sql } from '../db/database.ts';
import type { PendingEvent } from './insert-events.ts';

export type PastEvent = PendingEvent & { ticketId: number };

/**
 * Events of tickets' pasts, which nothing reacts to, in their order. The sequence numbers are counted here: a history
 * is many events, and that is most of what writing them costs.
 */
export async function insertHistory(
  tx: Queryable,
  commandId: number,
  now: Date,
  events: PastEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const next = await takeNumbers(tx, events);
  const seqs = events.map(({ ticketId }) => {
    const seq = next.get(ticketId) as number;
    next.set(ticketId, seq + 1);
    return seq;
  });
  await tx.write(sql`
    insert into events (command_id, type, ticket_id, ticket_seq, actor_kind, actor_id, caused_by, at, recorded_at, data)
    select ${commandId}::bigint, type, ticket_id, seq, actor_kind, actor_id, caused_by, at, ${now}::timestamptz, data
    from unnest(${events.map((e) => e.type)}::text[], ${events.map((e) => e.ticketId)}::bigint[], ${seqs}::int[],
      ${events.map((e) => e.actor.kind)}::text[], ${events.map((e) => e.actor.id)}::bigint[],
      ${events.map((e) => e.causedBy)}::bigint[],
      ${events.map((e) => e.at.toISOString())}::timestamptz[], ${events.map((e) => JSON.stringify(e.data))}::jsonb[])
      as t (type, ticket_id, seq, actor_kind, actor_id, caused_by, at, data)`);
}

/** The first free number of each ticket, under the lock of its row, as many taken as it has events here. */
async function takeNumbers(tx: Queryable, events: { ticketId: number }[]): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const { ticketId } of events) counts.set(ticketId, (counts.get(ticketId) ?? 0) + 1);
  const heads = await tx.all<{ ticket_id: number; seq: number }>(sql`
    insert into event_heads (ticket_id, seq)
    select * from unnest(${[...counts.keys()]}::bigint[], ${[...counts.values()]}::int[]) as t (ticket_id, n)
    order by ticket_id
    on conflict (ticket_id) do update set seq = event_heads.seq + excluded.seq
    returning ticket_id, seq`);
  return new Map(heads.map((head) => [head.ticket_id, head.seq - (counts.get(head.ticket_id) ?? 0) + 1]));
}
