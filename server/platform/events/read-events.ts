import { type Queryable, sql } from '../db/database.ts';
import type { RecordedEvent } from './event-map.ts';
import { type EventRow, fromRow } from './event-rows.ts';

/** The log in order: events after `position`, oldest first. Unsequenced events are not there yet. */
export async function listEventsAfter(
  db: Queryable,
  position: number,
  limit: number,
): Promise<RecordedEvent[]> {
  const rows = await db.all<EventRow>(
    sql`select * from events where position > ${position} order by position limit ${limit}`,
  );
  return rows.map(fromRow);
}

/** Every event of one ticket, in the ticket's own order. */
export async function listEventsOfTicket(db: Queryable, ticketId: number): Promise<RecordedEvent[]> {
  const rows = await db.all<EventRow>(
    sql`select * from events where ticket_id = ${ticketId} order by ticket_seq`,
  );
  return rows.map(fromRow);
}

/** The events of several tickets, grouped by ticket, each in the ticket's own order. */
export async function listEventsOfTickets(
  db: Queryable,
  ticketIds: number[],
): Promise<Map<number, RecordedEvent[]>> {
  const rows = await db.all<EventRow>(
    sql`select * from events where ticket_id = any(${ticketIds}::bigint[]) order by ticket_id, ticket_seq`,
  );
  const byTicket = new Map<number, RecordedEvent[]>(ticketIds.map((id) => [id, []]));
  for (const row of rows) byTicket.get(row.ticket_id as number)?.push(fromRow(row));
  return byTicket;
}

/** What these commands did to these tickets, in the order of the log. */
export async function listEventsOfCommands(
  db: Queryable,
  ticketIds: number[],
  commandIds: number[],
): Promise<RecordedEvent[]> {
  const rows = await db.all<EventRow>(sql`
    select * from events where ticket_id = any(${ticketIds}::bigint[]) and command_id = any(${commandIds}::bigint[])
    order by id`);
  return rows.map(fromRow);
}

/** Events by their ids, in that order; ids that are no event's are left out. */
export async function listEventsById(db: Queryable, ids: readonly number[]): Promise<RecordedEvent[]> {
  if (ids.length === 0) return [];
  const rows = await db.all<EventRow>(
    sql`select * from events where id = any(${[...ids]}::bigint[]) order by id`,
  );
  return rows.map(fromRow);
}

/** The last position the sequencer gave out. */
export async function headPosition(db: Queryable): Promise<number> {
  return (await db.one<{ position: number }>(sql`select position from event_cursor`)).position;
}
