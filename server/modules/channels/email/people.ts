import { type Queryable, sql } from '../../../platform/db/database.ts';

/** Who is known behind these addresses (lower case)? */
export interface KnownPeople {
  customers: Map<string, { id: number; locale: string | null; suspended: boolean }>;
  staff: Set<string>;
}

export async function findKnownPeople(db: Queryable, addresses: string[]): Promise<KnownPeople> {
  const rows = await db.all<{ address: string; id: number; locale: string | null; suspended: boolean }>(sql`
    select i.value_key as address, c.id, c.locale, c.suspended
    from customer_identities i join customers c on c.id = i.customer_id
    where i.kind = 'email' and i.value_key = any(${addresses}::text[]) and c.deleted_at is null`);
  const staff = await db.all<{ address: string }>(sql`
    select lower(email) as address from staff where active and lower(email) = any(${addresses}::text[])`);
  return {
    customers: new Map(rows.map(({ address, ...customer }) => [address, customer])),
    staff: new Set(staff.map((row) => row.address)),
  };
}
