import type { Queryable } from '../../../platform/db/database.ts';
import { isEvent, type RecordedEvent } from '../../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../../platform/events/read-events.ts';

/**
 * When the customer of a new ticket was promised the first reply, as the ticket's log tells it: promises are kept by a
 * module built later. Null when none runs. The ticket's own deadline may be another promise, that somebody takes it.
 */
export async function findPromisedReply(db: Queryable, ticketId: number): Promise<Date | null> {
  const events = await listEventsOfTicket(db, ticketId);
  const dueAt = events.reduce(follow, null);
  return dueAt === null ? null : new Date(dueAt);
}

function follow(dueAt: string | null, event: RecordedEvent): string | null {
  if (isEvent(event, 'sla.target_applied')) return isFirstReply(event) ? event.data.dueAt : dueAt;
  const ends = isEvent(event, 'sla.fulfilled') || isEvent(event, 'sla.cancelled');
  return ends && isFirstReply(event) ? null : dueAt;
}

const isFirstReply = ({ data }: { data: { target: string } }): boolean => data.target === 'first_reply';
