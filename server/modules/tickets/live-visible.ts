import type { Queryable } from '../../platform/db/database.ts';
import type { RecordedEvent } from '../../platform/events/event-map.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { canSee, listTicketRows } from './queries.ts';

const managers = ['manager', 'admin'];
/** What is no ticket's but every staff member's screen needs to follow, and what all staff may read. */
const forAllStaff = /^(inbox|team|schedule|setting|sla_policy|desk|customer|organization)\./;
/** Who sees all tickets sees mail that belongs to none. */
const ofNoTicketYet = /^mail\./;
/** What a customer hears, and of it what their own page shows: tags, teams, priorities and colleagues are the desk's. */
const message = ['messageId', 'author', 'channel', 'attachments'];
const forCustomers: Record<string, string[] | undefined> = {
  'ticket.opened': ['status', 'channel', 'requesterId', 'followUpOf'],
  'message.received': message,
  'message.sent': message,
  'ticket.status_changed': ['from', 'to', 'undoes'],
};

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
  return events.flatMap((event) => {
    if (principal.kind === 'customer')
      return event.ticketId !== null && seen.has(event.ticketId) ? asCustomersSee(event) : [];
    if (event.ticketId === null) return seesDeskEvent(principal.role, event) ? event : [];
    return seen.has(event.ticketId) ? event : [];
  });
}

function asCustomersSee(event: RecordedEvent): RecordedEvent[] {
  const shown = forCustomers[event.type];
  if (!shown) return [];
  const data = Object.fromEntries(Object.entries(event.data).filter(([name]) => shown.includes(name)));
  const { kind, id } = event.actor;
  return [{ ...event, actor: { kind, id: kind === 'customer' ? id : null }, data } as RecordedEvent];
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
