import { type Queryable, sql } from '../../platform/db/database.ts';

/** That a customer belongs to an organization: to one at most, so it has the customer's number. */
export interface Belonging {
  id: number;
  organization_id: number;
  name: string;
  created_at: Date;
  updated_at: Date;
}

const from = sql`from customers join organizations on organizations.id = customers.organization_id
  and organizations.deleted_at is null where customers.deleted_at is null`;

export interface BelongingsWanted {
  customerId?: number;
  organizationId?: number;
}

/** For whoever pages through them by a cursor of its own. */
export function belongingListing({ customerId, organizationId }: BelongingsWanted = {}) {
  const customer = customerId === undefined ? sql`` : sql`and customers.id = ${customerId}`;
  const organization =
    organizationId === undefined ? sql`` : sql`and customers.organization_id = ${organizationId}`;
  return { rows: sql`${from} ${customer} ${organization}`, id: sql`customers.id` };
}

/** In the order of the customers' ids; who belongs nowhere is left out. */
export async function listBelongings(db: Queryable, customerIds: number[]): Promise<Belonging[]> {
  const rows = await db.all<Belonging>(sql`
    select customers.id, organization_id, organizations.name, customers.created_at, customers.updated_at
    ${from} and customers.id = any(${customerIds}::bigint[])`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return customerIds.flatMap((id) => byId.get(id) ?? []);
}
