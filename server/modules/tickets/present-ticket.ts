import type { Queryable } from '../../platform/db/database.ts';
import type { Principal } from '../../platform/http/principal.ts';
import type { Ticket } from './contract.ts';
import { findNames, type Names } from './names.ts';
import type { TicketRow } from './ticket-row.ts';

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

export function presentTicket(row: TicketRow, names: Names): Ticket {
  return {
    id: row.id,
    subject: row.subject,
    status: row.status,
    type: row.type,
    priority: row.priority,
    tier: row.tier,
    teamId: row.teamId,
    assigneeId: row.assigneeId,
    assigneeName: row.assigneeId === null ? null : names.staff(row.assigneeId),
    requesterId: row.requesterId,
    requesterName: row.requesterName,
    organizationId: row.organizationId,
    channel: row.channel,
    origin: row.origin,
    inboxId: row.inboxId,
    scheduleId: row.scheduleId,
    language: row.language,
    tags: row.tags,
    externalId: row.externalId,
    followUpOf: row.followUpOf,
    mergedInto: row.mergedInto,
    spam: row.spamAt !== null,
    deleted: row.deletedAt !== null,
    version: row.version,
    messageCount: row.messageCount,
    preview: row.preview,
    lastMessageAt: instant(row.lastMessageAt),
    waitingSince: instant(row.waitingSince),
    warnAt: instant(row.warnAt),
    dueAt: instant(row.dueAt),
    dueTarget: row.dueTarget,
    breached: row.breached,
    solvedAt: instant(row.solvedAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What a customer sees of a ticket: none of how the desk works on it, and no words older than their copy. */
function withoutInnerWorkings(ticket: Ticket, principalId: number): Ticket {
  const requester = ticket.requesterId === principalId;
  return {
    ...ticket,
    type: null,
    priority: null,
    tier: null,
    teamId: null,
    assigneeId: null,
    organizationId: null,
    inboxId: null,
    scheduleId: null,
    tags: [],
    externalId: null,
    // It can be the beginning of a reply that may still be taken back.
    preview: '',
    messageCount: requester ? ticket.messageCount : 0,
    waitingSince: null,
    warnAt: null,
    dueAt: null,
    dueTarget: null,
    breached: false,
  };
}

export async function presentTickets(
  db: Queryable,
  principal: Principal,
  rows: TicketRow[],
): Promise<Ticket[]> {
  const names = await findNames(db, { staff: rows.map((row) => row.assigneeId) });
  return rows.map((row) => presentFor(principal, row, names));
}

export function presentFor(principal: Principal, row: TicketRow, names: Names): Ticket {
  const ticket = presentTicket(row, names);
  return principal.kind === 'customer' ? withoutInnerWorkings(ticket, principal.id) : ticket;
}
