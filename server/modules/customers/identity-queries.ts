import { type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import type { IdentityKind } from './events.ts';
import { identityKey, identityKeys } from './identity-key.ts';

export interface IdentityRow {
  id: number;
  kind: IdentityKind;
  value: string;
  is_primary: boolean;
  verified: boolean;
  created_at: Date;
}

/** A customer's addresses and numbers, oldest first. */
export async function listIdentities(db: Queryable, customerId: number): Promise<IdentityRow[]> {
  return db.all<IdentityRow>(sql`select id, kind, value, is_primary, verified, created_at
    from customer_identities where customer_id = ${customerId} order by id`);
}

/** The ids of the customers with an address or number like this pattern (in LIKE's own signs), as a subquery. */
export const holdersOf = (pattern: string, kind: IdentityKind | null = null): Sql =>
  sql`(select customer_id from customer_identities where value_key like ${pattern}
    and (${kind}::text is null or kind = ${kind}))`;

/** The same for who has this very address, number or handle, however it is spelled. */
export function holdersOfExactly(value: string, kind: IdentityKind | null = null): Sql {
  const keys = kind === null ? identityKeys(value) : [identityKey(kind, value)];
  return sql`(select customer_id from customer_identities where value_key = any(${keys}::text[])
    and (${kind}::text is null or kind = ${kind}))`;
}
