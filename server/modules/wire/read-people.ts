import { type Queryable, sql } from '../../platform/db/database.ts';
import type { UserRow } from './present-people.ts';

/** In the order of the ids; unknown ones are left out. */
function inOrder<R extends { id: number }>(ids: number[], rows: R[]): R[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function listUserRows(db: Queryable, ids: number[]): Promise<UserRow[]> {
  return inOrder(ids, await db.all<UserRow>(sql`select * from wire_users where id = any(${ids}::bigint[])`));
}
