import { type Queryable, sql } from '../../../platform/db/database.ts';

/** The mail addresses (lower case) of these customers, the primary one first. */
export async function findAddresses(db: Queryable, customerIds: number[]): Promise<Map<number, string[]>> {
  const rows = await db.all<{ id: number; addresses: string[] }>(sql`
    select customer_id as id, array_agg(value_key order by is_primary desc, id) as addresses
    from customer_identities where kind = 'email' and customer_id = any(${customerIds}::bigint[])
    group by customer_id`);
  return new Map(rows.map((row) => [row.id, row.addresses]));
}
