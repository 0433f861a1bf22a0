import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { IdentityKind } from './events.ts';
import { domainOf, identityKey } from './identity-key.ts';

export interface WantedCustomer {
  kind: IdentityKind;
  value: string;
  /** Used when they are new. */
  name?: string | null | undefined;
  locale?: string | null | undefined;
  /** The channel proved that the identity is theirs. */
  verified?: boolean;
  /** Looked for already, and not there: one query when that is still so. */
  missed?: boolean;
}

export interface FoundCustomer {
  customerId: number;
  organizationId: number | null;
  created: boolean;
}

interface FoundRow {
  id: number;
  customer_id: number;
  organization_id: number | null;
  verified: boolean;
}

/**
 * The customer behind an identity: one query when known, two when new. Of several at once the first one makes the
 * customer, the others wait for its commit and find it.
 * @throws 422 `value` when it is no such identity.
 */
export async function findOrCreateCustomer(
  cx: CommandContext,
  wanted: WantedCustomer,
): Promise<FoundCustomer> {
  const key = identityKey(wanted.kind, wanted.value);
  if (key === null) throw invalid({ value: wanted.kind === 'email' ? 'not_an_address' : 'cannot be read' });
  const found = wanted.missed ? undefined : await findByKey(cx, wanted.kind, key);
  if (found) return known(cx, found, wanted);
  const made = await make(cx, wanted, key);
  if (made) return made;
  const other = await findByKey(cx, wanted.kind, key);
  if (!other) throw new Error('an identity is taken, and by nobody');
  return known(cx, other, wanted);
}

async function findByKey(cx: CommandContext, kind: IdentityKind, key: string): Promise<FoundRow | undefined> {
  return cx.tx.maybe(
    sql`select i.id, i.customer_id, i.verified, o.id as organization_id
      from customer_identities i join customers c on c.id = i.customer_id
      left join organizations o on o.id = c.organization_id and o.deleted_at is null
      where i.kind = ${kind} and i.value_key = ${key}`,
  );
}

async function known(cx: CommandContext, found: FoundRow, wanted: WantedCustomer): Promise<FoundCustomer> {
  const { id: identityId, customer_id: customerId } = found;
  if (wanted.verified && !found.verified) {
    await cx.tx.write(sql`update customer_identities set verified = true where id = ${identityId}`);
    cx.record('customer.identity_changed', null, { customerId, identityId, fields: ['verified'] });
  }
  return { customerId, organizationId: found.organization_id, created: false };
}

/** The identity goes first: whoever loses the race for it has made no customer. */
async function make(cx: CommandContext, wanted: WantedCustomer, key: string): Promise<FoundCustomer | null> {
  const domain = wanted.kind === 'email' ? domainOf(key) : null;
  const row = await cx.tx.maybe<{ id: number; organization_id: number | null }>(sql`
    with identity as (
      insert into customer_identities (customer_id, kind, value, value_key, is_primary, verified, created_at)
      values (nextval('person_ids'), ${wanted.kind}, ${wanted.value.trim()}, ${key}, true, ${wanted.verified ?? false}, ${cx.now})
      on conflict (kind, value_key) do nothing returning customer_id
    ), customer as (
      insert into customers (id, name, locale, organization_id, created_at, updated_at)
      select customer_id, ${wanted.name?.trim() ?? ''}, ${wanted.locale ?? null},
        (select id from organizations where deleted_at is null and domains @> array[${domain}]::text[] order by id limit 1),
        ${cx.now}, ${cx.now} from identity
      returning id, organization_id
    )
    select id, organization_id from customer`);
  if (!row) return null;
  cx.record('customer.created', null, { customerId: row.id, organizationId: row.organization_id });
  return { customerId: row.id, organizationId: row.organization_id, created: true };
}
