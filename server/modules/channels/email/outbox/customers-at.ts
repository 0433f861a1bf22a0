import { type Queryable, sql } from '../../../../platform/db/database.ts';

/** Who is behind these addresses: the log names people by id, never by address. Keys are in lower case. */
export async function customersAt(db: Queryable, addresses: readonly string[]): Promise<Map<string, number>> {
  const keys = addresses.map((address) => address.toLowerCase());
  const rows = await db.all<{ address: string; id: number }>(sql`
    select value_key as address, customer_id as id from customer_identities
    where kind = 'email' and value_key = any(${keys}::text[])`);
  return new Map(rows.map(({ address, id }) => [address, id]));
}
