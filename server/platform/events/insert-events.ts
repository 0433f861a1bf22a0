import { type Queryable, type Sql, sql } from '../db/database.ts';
import { jsonRows } from '../db/json-rows.ts';
import type { Actor, EventMap, EventType, RecordedEvent } from './event-map.ts';

export interface PendingEvent<T extends EventType = EventType> {
  type: T;
  ticketId: number | null;
  actor: Actor;
  causedBy: number | null;
  at: Date;
  data: EventMap[T];
}

export type NumberedEvent = PendingEvent & { id: number; commandId: number };

export async function takeEventIds(tx: Queryable, count: number): Promise<number[]> {
  const rows = await tx.all<{ id: number }>(
    sql`select nextval('events_id_seq') as id from generate_series(1, ${count}::int)`,
  );
  return rows.map((row) => row.id);
}

/**
 * A batch as one statement, in order, under ids that ascend. A ticket's sequence numbers are taken under the lock of
 * its row in `event_heads`, so two commands on one ticket can never take the same one.
 */
export function eventInsertion(now: Date, events: NumberedEvent[]): Sql {
  const counts = new Map<number, number>();
  // How many of its ticket's events come after each.
  const behind = events
    .toReversed()
    .map(({ ticketId }) => {
      if (ticketId === null) return null;
      const later = counts.get(ticketId) ?? 0;
      counts.set(ticketId, later + 1);
      return later;
    })
    .reverse();
  // In the order of the ids, so that two commands on the same tickets wait for each other and do not lock up.
  const heads = [...counts].sort(([a], [b]) => a - b).map(([ticket_id, seq]) => ({ ticket_id, seq }));
  const rows = events.map(({ id, commandId, type, ticketId, actor, causedBy, at, data }, n) => ({
    id,
    command_id: commandId,
    type,
    ticket_id: ticketId,
    behind: behind[n],
    actor_kind: actor.kind,
    actor_id: actor.id,
    caused_by: causedBy,
    at,
    data,
  }));
  return sql`
    with heads as (
      insert into event_heads (ticket_id, seq)
      select * from json_to_recordset(${jsonRows(heads)}) as head (ticket_id bigint, seq int)
      on conflict (ticket_id) do update set seq = event_heads.seq + excluded.seq
      returning ticket_id, seq
    )
    insert into events
      (id, command_id, type, ticket_id, ticket_seq, actor_kind, actor_id, caused_by, at, recorded_at, data)
    overriding system value
    select id, command_id, type, ticket_id, heads.seq - behind, actor_kind, actor_id, caused_by, at, ${now}, data
    from json_to_recordset(${jsonRows(rows)}) as event (id bigint, command_id bigint, type text, ticket_id bigint,
      behind int, actor_kind text, actor_id bigint, caused_by bigint, at timestamptz, data jsonb)
    left join heads using (ticket_id)`;
}

/** The event as its reactions see it, on its way to the log, which gives it the ticket's next number. */
export function recorded(commandId: number, now: Date, event: PendingEvent, id: number): RecordedEvent {
  return { ...event, id, commandId, version: 1, ticketSeq: null, recordedAt: now, position: null };
}
