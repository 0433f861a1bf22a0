import { type Queryable, sql } from '../../platform/db/database.ts';
import { isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { listEventsOfCommands, listEventsOfTicket } from '../../platform/events/read-events.ts';
import type { TimelineEntry } from './contract.ts';
import { listReasons } from './keep-reason.ts';
import { findNames } from './names.ts';
import { listCommandsSince } from './next-version.ts';
import { familyOf } from './read-messages.ts';

/** Everything that happened to a ticket, oldest first, with the names of who did it. */
export async function listTimeline(db: Queryable, ticketId: number): Promise<TimelineEntry[]> {
  return presentEvents(db, await listEventsOfTicket(db, ticketId));
}

/**
 * What made a ticket's versions after this one, oldest first: what those commands did to it and to the tickets merged
 * into it.
 */
export async function listChangesSince(
  db: Queryable,
  ticketId: number,
  version: number,
): Promise<TimelineEntry[]> {
  const commands = await listCommandsSince(db, ticketId, version);
  const family = await db.all<{ id: number }>(sql`${familyOf(ticketId)} select id from family`);
  return presentEvents(
    db,
    await listEventsOfCommands(
      db,
      family.map(({ id }) => id),
      commands,
    ),
  );
}

/** Who has a ticket, and since when. */
export async function listLastAssignment(db: Queryable, ticketId: number): Promise<TimelineEntry[]> {
  const events = await listEventsOfTicket(db, ticketId);
  const last = events.findLast((event) => isEvent(event, 'ticket.assigned', 'ticket.opened'));
  return presentEvents(db, last ? [last] : []);
}

async function presentEvents(db: Queryable, events: RecordedEvent[]): Promise<TimelineEntry[]> {
  const of = (kind: string) =>
    events.filter((event) => event.actor.kind === kind).map((event) => event.actor.id);
  const [names, reasons] = await Promise.all([
    findNames(db, { staff: of('agent'), customers: [...of('customer'), ...events.flatMap(concernedBy)] }),
    listReasons(
      db,
      events.map(({ commandId }) => commandId),
    ),
  ]);
  return events.map((event) => ({
    eventId: event.id,
    type: event.type,
    at: event.at.toISOString(),
    actorKind: event.actor.kind,
    actorId: event.actor.id,
    actorName: names.actor(event.actor.kind, event.actor.id),
    causedBy: event.causedBy,
    reason: reasons.get(event.commandId) ?? null,
    people: concernedBy(event).flatMap((id) => names.customer(id) || []),
    data: event.data as unknown as Record<string, unknown>,
  }));
}

/** Customers whom an event names in a list of its own: who was refused, who was not reached. */
function concernedBy({ data }: RecordedEvent): number[] {
  const { refused, recipients } = data as { refused?: unknown; recipients?: unknown };
  return [refused, recipients]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap(({ customerId }) => (typeof customerId === 'number' ? customerId : []));
}
