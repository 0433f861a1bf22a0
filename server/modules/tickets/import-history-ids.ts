import { type Queryable, sql } from '../../platform/db/database.ts';

/** Ids drawn beforehand, so that rows can name each other before they are written. */
export async function drawIds(
  db: Queryable,
  of: 'tickets' | 'messages',
  count: number,
): Promise<readonly number[]> {
  if (count === 0) return [];
  const { ids } = await db.one<{ ids: number[] }>(sql`
    select array_agg(nextval(sequence)) as ids
    from (select pg_get_serial_sequence(${of}, 'id')::regclass as sequence offset 0) as s, generate_series(1, ${count})`);
  return ids;
}
