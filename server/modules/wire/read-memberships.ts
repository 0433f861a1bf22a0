import type { Queryable } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { type Belonging, organizations } from '../customers/index.ts';
import { type Membership, memberships } from '../staff/index.ts';
import { wireTime } from './instant.ts';
import type { WireObject } from './present-people.ts';

/** @throws 404 */
export async function findGroupMembership(db: Queryable, id: number): Promise<Membership> {
  const [row] = await memberships.list(db, [id]);
  if (!row) throw notFound('This membership');
  return row;
}

/** @throws 404 */
export async function findMembershipOf(db: Queryable, teamId: number, staffId: number): Promise<Membership> {
  const row = await memberships.find(db, { teamId, staffId });
  if (!row) throw notFound('This membership');
  return row;
}

export function presentGroupMembership(base: string, row: Membership): WireObject {
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

/** @throws 404 */
export async function findBelonging(db: Queryable, id: number): Promise<Belonging> {
  const [row] = await organizations.belongings.list(db, [id]);
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
