import { type Queryable, sql } from '../../../platform/db/database.ts';

export interface KnownCustomer {
  id: number;
  organizationId: number | null;
  locale: string | null;
  suspended: boolean;
}

/** Who is known behind these addresses (lower case)? */
export interface KnownPeople {
  customers: Map<string, KnownCustomer>;
  staff: Set<string>;
}

export async function findKnownPeople(db: Queryable, addresses: string[]): Promise<KnownPeople> {
  const [rows, staff] = await Promise.all([
    db.all<KnownCustomer & { address: string }>(sql`
    select i.value_key as address, c.id, o.id as "organizationId", c.locale, c.suspended
    from customer_identities i join customers c on c.id = i.customer_id
    left join organizations o on o.id = c.organization_id and o.deleted_at is null
    where i.kind = 'email' and i.value_key = any(${addresses}::text[]) and c.deleted_at is null`),
    db.all<{ address: string }>(sql`
    select lower(email) as address from staff where active and lower(email) = any(${addresses}::text[])`),
  ]);
  return {
    customers: new Map(rows.map(({ address, ...customer }) => [address, customer])),
    staff: new Set(staff.map((row) => row.address)),
  };
}
