import { join, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { sightCondition } from './sight.ts';

export interface TicketsWanted {
  ids?: number[] | undefined;
  externalId?: string | null | undefined;
  requesterId?: number;
  assigneeId?: number;
  /** A customer in copy. */
  copiedId?: number;
  organizationId?: number;
  /** Leaves out spam, practice and what was merged away. */
  shown?: boolean;
}

/** The tickets that this person may see, for whoever pages through them by a cursor of its own; no deleted ones. */
export function ticketListing(principal: Principal, wanted: TicketsWanted = {}) {
  return {
    rows: sql`from tickets where ${join([sightOf(principal), ...conditionsOf(wanted)], ' and ')}`,
    id: sql`tickets.id`,
    sorts: { created_at: sql`tickets.created_at`, updated_at: sql`tickets.updated_at` },
  };
}

export async function countTickets(
  db: Queryable,
  principal: Principal,
  wanted: TicketsWanted = {},
): Promise<number> {
  const { count } = await db.one<{ count: number }>(
    sql`select count(*) as count ${ticketListing(principal, wanted).rows}`,
  );
  return count;
}

/** How many tickets of an organization everyday views show, whoever asks. */
export async function countOfOrganization(db: Queryable, organizationId: number): Promise<number> {
  const { count } = await db.one<{ count: number }>(
    sql`select count(*) as count from tickets where organization_id = ${organizationId} and shown`,
  );
  return count;
}

/** Tags on the shown tickets that this person may see, the most used first. */
export async function countTags(
  db: Queryable,
  principal: Principal,
  limit: number,
): Promise<{ name: string; count: number }[]> {
  return db.all(sql`select tag as name, count(*) as count from tickets, unnest(tags) as tag
    where shown and ${sightOf(principal)} group by tag order by count(*) desc, tag limit ${limit}`);
}

const sightOf = (principal: Principal): Sql => {
  const sight = sightCondition(principal);
  return sight ? sql`(${sight})` : sql`true`;
};

function conditionsOf(wanted: TicketsWanted): Sql[] {
  const { ids, externalId, requesterId, assigneeId, copiedId, organizationId, shown } = wanted;
  return [
    sql`tickets.deleted_at is null`,
    ...(ids ? [sql`tickets.id = any(${ids}::bigint[])`] : []),
    ...(externalId ? [sql`tickets.external_id = ${externalId}`] : []),
    ...(requesterId === undefined ? [] : [sql`tickets.requester_id = ${requesterId}`]),
    ...(assigneeId === undefined ? [] : [sql`tickets.assignee_id = ${assigneeId}`]),
    ...(copiedId === undefined
      ? []
      : [sql`exists (select from ticket_ccs where ticket_id = tickets.id and customer_id = ${copiedId})`]),
    ...(organizationId === undefined ? [] : [sql`tickets.organization_id = ${organizationId}`]),
    ...(shown ? [sql`tickets.shown`] : []),
  ];
}
