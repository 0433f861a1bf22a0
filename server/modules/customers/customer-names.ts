import { type Queryable, type Sql, sql } from '../../platform/db/database.ts';

/** The name to show: the name, else the first address. Deleted ones keep what is left of theirs. */
const shownName = sql`coalesce(nullif(c.name, ''), (select i.value from customer_identities i
  where i.customer_id = c.id order by i.is_primary desc, i.id limit 1), '')`;

export const customerNames = {
  async list(db: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
    if (ids.length === 0) return new Map();
    const rows = await db.all<{ id: number; name: string }>(sql`
      select c.id, ${shownName} as name from customers c where c.id = any(${[...new Set(ids)]}::bigint[])`);
    return new Map(rows.map(({ id, name }) => [id, name]));
  },
  /** As a column of another statement, of the customer whose id stands in one of its own. */
  column: (id: Sql): Sql => sql`(select ${shownName} from customers c where c.id = ${id})`,
};
