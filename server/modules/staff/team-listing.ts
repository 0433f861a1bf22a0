import { join, type Queryable, type Sql, sql } from '../../platform/db/database.ts';

export interface TeamRow {
  id: number;
  name: string;
  description: string;
  deleted_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface TeamsWanted {
  /** Those of one member. */
  staffId?: number;
  /** Each stands somewhere in the name; `%`, `_` and `\` mean themselves. */
  words?: string[];
}

/** The teams there are, for whoever pages through them by a cursor of its own. */
export function teamListing({ staffId, words }: TeamsWanted = {}) {
  const conditions: Sql[] = [
    sql`deleted_at is null`,
    ...(staffId === undefined
      ? []
      : [sql`id in (select team_id from team_members where staff_id = ${staffId})`]),
    ...(words ?? []).map(
      (word) => sql`lower(name) like ${`%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}`,
    ),
  ];
  return {
    rows: sql`from teams where ${join(conditions, ' and ')}`,
    id: sql`teams.id`,
    sorts: { created_at: sql`created_at`, updated_at: sql`updated_at` },
  };
}

export async function countTeams(db: Queryable, wanted: TeamsWanted = {}): Promise<number> {
  const { count } = await db.one<{ count: number }>(
    sql`select count(*) as count ${teamListing(wanted).rows}`,
  );
  return count;
}

/** Deleted ones too, in the order of the ids; unknown ones are left out. */
export async function listTeamRows(db: Queryable, ids: number[]): Promise<TeamRow[]> {
  const rows = await db.all<TeamRow>(sql`
    select id, name, description, deleted_at, created_at, updated_at from teams where id = any(${ids}::bigint[])`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
