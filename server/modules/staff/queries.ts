import { empty, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Role } from '../../platform/http/principal.ts';
import { cutPage } from '../auth/contract.ts';
import type { Staff, Team } from './contract.ts';
import { presentStaff, type StaffRow } from './staff-row.ts';

const staffColumns = sql`s.id, s.name, s.email, s.role, s.ticket_scope, s.active, s.password_hash is not null as has_password,
  s.locale, s.time_zone, s.signature, s.preferences, s.version, s.last_sign_in_at, s.created_at, s.updated_at,
  to_jsonb(array(select m.team_id from team_members m join teams t on t.id = m.team_id
    where m.staff_id = s.id and t.deleted_at is null order by m.team_id)) as team_ids`;

export async function findStaff(db: Queryable, id: number): Promise<Staff | null> {
  const row = await db.maybe<StaffRow>(sql`select ${staffColumns} from staff s where s.id = ${id}`);
  return row ? presentStaff(row) : null;
}

/** Disabled staff too: history names them. @throws 404 */
export async function getStaff(db: Queryable, id: number): Promise<Staff> {
  const staff = await findStaff(db, id);
  if (!staff) throw notFound('That staff member');
  return staff;
}

export async function findStaffByEmail(db: Queryable, email: string): Promise<Staff | null> {
  const row = await db.maybe<StaffRow>(
    sql`select ${staffColumns} from staff s where lower(s.email) = lower(${email.trim()})`,
  );
  return row ? presentStaff(row) : null;
}

export interface StaffQuestion {
  cursor?: number | undefined;
  limit: number;
  role?: Role | undefined;
  team?: number | undefined;
  active?: 'true' | 'false' | undefined;
}

/** By id, oldest first. */
export async function listStaff(db: Queryable, { cursor, limit, role, team, active }: StaffQuestion) {
  const rows = await db.all<StaffRow>(sql`
    select ${staffColumns} from staff s where s.id > ${cursor ?? 0}
      ${role ? sql`and s.role = ${role}` : empty} ${active ? sql`and s.active = ${active === 'true'}` : empty}
      ${team ? sql`and exists (select from team_members m where m.staff_id = s.id and m.team_id = ${team})` : empty}
    order by s.id limit ${limit + 1}`);
  return cutPage(rows, limit, presentStaff);
}

/** As a column of another statement, of the colleague whose id stands in one of its own; null for nobody. */
export const isDisabled = (id: Sql): Sql => sql`(select not active from staff where staff.id = ${id})`;

export async function namesOfStaff(db: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.all<{ id: number; name: string }>(
    sql`select id, name from staff where id = any(${[...new Set(ids)]}::bigint[])`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

interface TeamRow {
  id: number;
  name: string;
  description: string;
  member_ids: number[];
  version: number;
  created_at: Date;
  updated_at: Date;
}

const teamColumns = sql`t.id, t.name, t.description, t.version, t.created_at, t.updated_at,
  to_jsonb(array(select staff_id from team_members where team_id = t.id order by staff_id)) as member_ids`;

/** @throws 404 when there is none, or it was deleted. */
export async function getTeam(db: Queryable, id: number): Promise<Team> {
  const row = await db.maybe<TeamRow>(
    sql`select ${teamColumns} from teams t where t.id = ${id} and t.deleted_at is null`,
  );
  if (!row) throw notFound('That team');
  return presentTeam(row);
}

/** By id, oldest first. */
export async function listTeams(
  db: Queryable,
  { cursor, limit }: { cursor?: number | undefined; limit: number },
) {
  const rows = await db.all<TeamRow>(sql`
    select ${teamColumns} from teams t where t.deleted_at is null and t.id > ${cursor ?? 0} order by t.id limit ${limit + 1}`);
  return cutPage(rows, limit, presentTeam);
}

/** The teams of one staff member, the default one first. */
export async function teamsOf(
  db: Queryable,
  staffId: number,
): Promise<{ id: number; name: string; isDefault: boolean }[]> {
  return db.all(sql`
    select t.id, t.name, m.is_default as "isDefault" from team_members m join teams t on t.id = m.team_id
    where m.staff_id = ${staffId} and t.deleted_at is null order by m.is_default desc, t.id`);
}

function presentTeam(row: TeamRow): Team {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    memberIds: row.member_ids,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function readPasswordHash(db: Queryable, staffId: number): Promise<string | null> {
  const row = await db.maybe<{ password_hash: string | null }>(
    sql`select password_hash from staff where id = ${staffId} and active`,
  );
  return row?.password_hash ?? null;
}
