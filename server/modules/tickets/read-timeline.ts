import { type Queryable, sql } from '../../platform/db/database.ts';
import type { RecordedEvent } from '../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../platform/events/read-events.ts';
import type { TimelineEntry } from './contract.ts';
import { findNames } from './names.ts';

/** Everything that happened to a ticket, oldest first, with the names of who did it. */
export async function listTimeline(db: Queryable, ticketId: number): Promise<TimelineEntry[]> {
  return presentEvents(db, await listEventsOfTicket(db, ticketId));
}

const mostChanges = 20;

/** The events of a ticket's last `commands` changes, oldest first; at most those of 20 changes. */
export async function listRecentChanges(
  db: Queryable,
  ticketId: number,
  commands: number,
): Promise<TimelineEntry[]> {
  const rows = await db.all<{ id: number }>(sql`
    select id from events where ticket_id = ${ticketId} and command_id in (
      select command_id from events where ticket_id = ${ticketId}
      group by command_id order by max(ticket_seq) desc limit ${Math.min(commands, mostChanges)})`);
  const ids = new Set(rows.map((row) => row.id));
  const events = (await listEventsOfTicket(db, ticketId)).filter((event) => ids.has(event.id));
  return presentEvents(db, events);
}

async function presentEvents(db: Queryable, events: RecordedEvent[]): Promise<TimelineEntry[]> {
  const of = (kind: string) =>
    events.filter((event) => event.actor.kind === kind).map((event) => event.actor.id);
  const names = await findNames(db, { staff: of('agent'), customers: of('customer') });
  return events.map((event) => ({
    eventId: event.id,
    type: event.type,
    at: event.at.toISOString(),
    actorKind: event.actor.kind,
    actorId: event.actor.id,
    actorName: names.actor(event.actor.kind, event.actor.id),
    causedBy: event.causedBy,
    data: event.data as unknown as Record<string, unknown>,
  }));
}
