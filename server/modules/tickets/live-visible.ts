import type { Queryable } from '../../platform/db/database.ts';
import type { RecordedEvent } from '../../platform/events/event-map.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { canSee, listTicketRows } from './queries.ts';

const managers = ['manager', 'admin'];
/** What is no ticket's but every staff member's screen needs to follow. */
const forAllStaff = /^(inbox|team|schedule|setting|sla_policy|desk)\./;
/** Who sees all tickets sees mail that belongs to none. */
const ofNoTicketYet = /^mail\./;
const forCustomers = new Set(['ticket.opened', 'message.received', 'message.sent', 'ticket.status_changed']);

/** The events this principal may see, decided at the moment of sending. Customers never see notes or staff matters. */
export async function visibleEvents(
  db: Queryable,
  principal: Principal,
  events: RecordedEvent[],
): Promise<RecordedEvent[]> {
  if (principal.kind === 'staff' && principal.ticketScope === 'all') {
    return events.filter(
      (event) =>
        event.ticketId !== null || ofNoTicketYet.test(event.type) || seesDeskEvent(principal.role, event),
    );
  }
  const ids = [...new Set(events.flatMap((event) => event.ticketId ?? []))];
  const rows = ids.length > 0 ? await listTicketRows(db, ids) : [];
  const seen = new Set(rows.filter((row) => canSee(principal, row)).map((row) => row.id));
  return events.filter((event) => {
    if (event.ticketId === null) return principal.kind === 'staff' && seesDeskEvent(principal.role, event);
    return seen.has(event.ticketId) && (principal.kind === 'staff' || forCustomers.has(event.type));
  });
}

function seesDeskEvent(role: string, event: RecordedEvent): boolean {
  return managers.includes(role) || forAllStaff.test(event.type);
}

/** The log's line as it leaves the desk, in NDJSON and in the stream alike. */
export function presentEvent(event: RecordedEvent): object {
  return {
    position: event.position,
    id: event.id,
    type: event.type,
    version: event.version,
    ticketId: event.ticketId,
    ticketSeq: event.ticketSeq,
    actorKind: event.actor.kind,
    actorId: event.actor.id,
    causedBy: event.causedBy,
    commandId: event.commandId,
    at: event.at.toISOString(),
    recordedAt: event.recordedAt.toISOString(),
    data: event.data,
  };
}
