import { type Queryable, type Sql, sql } from '../../platform/db/database.ts';

export interface Membership {
  id: number;
  team_id: number;
  staff_id: number;
  is_default: boolean;
  created_at: Date;
}

/** Living teams only. */
const from = sql`from team_members join teams on teams.id = team_members.team_id and teams.deleted_at is null`;
const columns = sql`team_members.id, team_id, staff_id, is_default, team_members.created_at`;

/** For whoever pages through them by a cursor of its own. */
export function membershipListing({ staffId, teamId }: { staffId?: number; teamId?: number } = {}) {
  const ofStaff = staffId === undefined ? sql`true` : sql`staff_id = ${staffId}`;
  const ofTeam = teamId === undefined ? sql`true` : sql`team_id = ${teamId}`;
  return { rows: sql`${from} where ${ofStaff} and ${ofTeam}`, id: sql`team_members.id` };
}

/** In the order of the ids; unknown ones are left out. */
export async function listMemberships(db: Queryable, ids: number[]): Promise<Membership[]> {
  const rows = await db.all<Membership>(
    sql`select ${columns} ${from} where team_members.id = any(${ids}::bigint[])`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function findMembership(
  db: Queryable,
  named: { teamId: number; staffId: number },
): Promise<Membership | undefined> {
  return db.maybe<Membership>(sql`select ${columns} ${membershipListing(named).rows}`);
}

/** The ids of a team's members, as a subquery. */
export const membersOf = (teamId: number): Sql =>
  sql`(select staff_id from team_members where team_id = ${teamId})`;
