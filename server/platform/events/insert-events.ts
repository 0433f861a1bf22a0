import { type Queryable, sql } from '../db/database.ts';
import type { Actor, EventMap, EventType, RecordedEvent } from './event-map.ts';
import { type EventRow, fromRow } from './event-rows.ts';

export interface PendingEvent<T extends EventType = EventType> {
  type: T;
  ticketId: number | null;
  actor: Actor;
  causedBy: number | null;
  at: Date;
  data: EventMap[T];
}

/**
 * Writes a batch in one statement, in order. A ticket's sequence numbers are taken under the lock of its row in
 * `event_heads`, so two commands on one ticket can never take the same one.
 */
export async function insertEvents(
  tx: Queryable,
  commandId: number,
  now: Date,
  events: PendingEvent[],
): Promise<RecordedEvent[]> {
  if (events.length === 0) return [];
  const rows = await tx.all<EventRow>(sql`
    with input as (
      select * from unnest(
        ${events.map((e) => e.type)}::text[], ${events.map((e) => e.ticketId)}::bigint[],
        ${events.map((e) => e.actor.kind)}::text[], ${events.map((e) => e.actor.id)}::bigint[],
        ${events.map((e) => e.causedBy)}::bigint[], ${events.map((e) => e.at.toISOString())}::timestamptz[],
        ${events.map((e) => JSON.stringify(e.data))}::jsonb[]
      ) with ordinality as t (type, ticket_id, actor_kind, actor_id, caused_by, at, data, ord)
    ), counts as (
      select ticket_id, count(*)::int as n from input where ticket_id is not null group by ticket_id
    ), heads as (
      insert into event_heads (ticket_id, seq) select ticket_id, n from counts order by ticket_id
      on conflict (ticket_id) do update set seq = event_heads.seq + excluded.seq
      returning ticket_id, seq
    )
    insert into events
      (command_id, type, ticket_id, ticket_seq, actor_kind, actor_id, caused_by, at, recorded_at, data)
    select ${commandId}, input.type, input.ticket_id,
      heads.seq - counts.n + (row_number() over (partition by input.ticket_id order by input.ord))::int,
      input.actor_kind, input.actor_id, input.caused_by, input.at, ${now}, input.data
    from input left join heads using (ticket_id) left join counts using (ticket_id)
    order by input.ord
    returning *`);
  return rows.map(fromRow).sort((a, b) => a.id - b.id);
}
