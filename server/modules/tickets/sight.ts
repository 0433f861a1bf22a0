import { type Sql, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import type { TicketRow } from './ticket-row.ts';

type Seen = Pick<
  TicketRow,
  'assigneeId' | 'teamId' | 'followerIds' | 'requesterId' | 'ccIds' | 'deletedAt' | 'spamAt' | 'training'
>;

/** Whoever sees every ticket, whoever stands beside it. */
export const seesAll = (principal: Principal): boolean =>
  principal.kind === 'staff' && principal.ticketScope === 'all';

/** May this person see this ticket? Who may not is told that it does not exist. */
export function canSee(principal: Principal, row: Seen): boolean {
  if (principal.kind === 'customer') {
    if (row.deletedAt || row.spamAt || row.training) return false;
    return row.requesterId === principal.id || row.ccIds.includes(principal.id);
  }
  if (seesAll(principal)) return true;
  if (row.assigneeId === principal.id || row.followerIds.includes(principal.id)) return true;
  if (row.teamId === null) return row.assigneeId === null;
  return principal.teamIds.includes(row.teamId);
}

export function refuseUnseen<R extends Seen>(principal: Principal, row: R): R {
  if (!canSee(principal, row)) throw notFound('This ticket');
  return row;
}

/** The same question as a condition on `tickets`; `null` where it is always true. */
export function sightCondition(principal: Principal): Sql | null {
  if (principal.kind === 'customer') {
    return sql`not training and (requester_id = ${principal.id} or exists (select from ticket_ccs
      where ticket_id = tickets.id and customer_id = ${principal.id}))`;
  }
  if (principal.ticketScope === 'all') return null;
  return sql`(assignee_id = ${principal.id} or team_id = any(${principal.teamIds}::bigint[])
    or (assignee_id is null and team_id is null)
    or exists (select from ticket_followers where ticket_id = tickets.id and staff_id = ${principal.id}))`;
}
