import { type Queryable, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { wireTime } from './instant.ts';
import type { WireObject } from './present-people.ts';

export interface GroupMembership {
  id: number;
  team_id: number;
  staff_id: number;
  is_default: boolean;
  created_at: Date;
}

/** Living teams only. */
export const livingMemberships = sql`from team_members join teams on teams.id = team_members.team_id and teams.deleted_at is null`;

const columns = sql`team_members.id, team_id, staff_id, is_default, team_members.created_at`;

export async function listGroupMemberships(db: Queryable, ids: number[]): Promise<GroupMembership[]> {
  const rows = await db.all<GroupMembership>(
    sql`select ${columns} ${livingMemberships} where team_members.id = any(${ids}::bigint[])`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** @throws 404 */
export async function findGroupMembership(db: Queryable, id: number): Promise<GroupMembership> {
  const [row] = await listGroupMemberships(db, [id]);
  if (!row) throw notFound('This membership');
  return row;
}

export async function findMembershipOf(
  db: Queryable,
  teamId: number,
  staffId: number,
): Promise<GroupMembership> {
  const row = await db.maybe<GroupMembership>(
    sql`select ${columns} ${livingMemberships} where team_id = ${teamId} and staff_id = ${staffId}`,
  );
  if (!row) throw notFound('This membership');
  return row;
}

export function presentGroupMembership(base: string, row: GroupMembership): WireObject {
  return {
    url: `${base}/api/v2/group_memberships/${row.id}.json`,
    id: row.id,
    user_id: row.staff_id,
    group_id: row.team_id,
    default: row.is_default,
    created_at: wireTime(row.created_at),
    updated_at: wireTime(row.created_at),
  };
}

export interface Belonging {
  /** A customer belongs to one organization, so the membership has the customer's number. */
  id: number;
  organization_id: number;
  name: string;
  created_at: Date;
  updated_at: Date;
}

export const belongings = sql`from customers join organizations on organizations.id = customers.organization_id
  and organizations.deleted_at is null where customers.deleted_at is null`;

export async function listBelongings(db: Queryable, ids: number[]): Promise<Belonging[]> {
  const rows =
    await db.all<Belonging>(sql`select customers.id, organization_id, organizations.name, customers.created_at,
    customers.updated_at ${belongings} and customers.id = any(${ids}::bigint[])`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** @throws 404 */
export async function findBelonging(db: Queryable, id: number): Promise<Belonging> {
  const [row] = await listBelongings(db, [id]);
  if (!row) throw notFound('This membership');
  return row;
}

export function presentBelonging(base: string, row: Belonging): WireObject {
  return {
    url: `${base}/api/v2/organization_memberships/${row.id}.json`,
    id: row.id,
    user_id: row.id,
    organization_id: row.organization_id,
    organization_name: row.name,
    default: true,
    view_tickets: false,
    created_at: wireTime(row.created_at),
    updated_at: wireTime(row.updated_at),
  };
}
