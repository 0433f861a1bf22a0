import type { CommandContext } from '../../platform/command.ts';
import { type Joint, type Queryable, sql } from '../../platform/db/database.ts';
import { jsonRows } from '../../platform/db/json-rows.ts';
import { invalid } from '../../platform/http/errors.ts';
import { verifyIdentity } from './change-identities.ts';
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
  /** What was found when it was looked for already; null, not there: then one query when that is still so. */
  found?: FoundIdentity | null;
}

export interface FoundCustomer {
  customerId: number;
  organizationId: number | null;
  created: boolean;
}

export interface FoundIdentity {
  id: number;
  customerId: number;
  organizationId: number | null;
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
  const found = wanted.found === undefined ? await findByKey(cx.tx, wanted.kind, key) : wanted.found;
  if (found) return known(cx, found, wanted);
  const made = await make(cx, wanted, key);
  if (made) return made;
  const other = await findByKey(cx.tx, wanted.kind, key);
  if (!other) throw new Error('an identity is taken, and by nobody');
  return known(cx, other, wanted);
}

/** Looks for somebody before a command does, for its `found`. Null also for what is no such identity. */
export async function findIdentity(
  tx: Queryable,
  kind: IdentityKind,
  value: string,
): Promise<FoundIdentity | null> {
  const key = identityKey(kind, value);
  return key === null ? null : findByKey(tx, kind, key);
}

interface Sought {
  kind: IdentityKind;
  key: string;
}

const nameOf = ({ kind, key }: Sought): string => `${kind} ${key}`;

const identitySearch: Joint<Sought, FoundIdentity & Sought> = {
  key: nameOf,
  of: nameOf,
  statement: (sought) => sql`
    select i.id, i.customer_id as "customerId", i.verified, o.id as "organizationId", i.kind, i.value_key as key
    from json_to_recordset(${jsonRows(sought)}) as sought (kind text, key text)
    join customer_identities i on i.kind = sought.kind and i.value_key = sought.key
    join customers c on c.id = i.customer_id
    left join organizations o on o.id = c.organization_id and o.deleted_at is null`,
};

async function findByKey(tx: Queryable, kind: IdentityKind, key: string): Promise<FoundIdentity | null> {
  const [found] = await tx.joined(identitySearch, { kind, key });
  return found ?? null;
}

async function known(
  cx: CommandContext,
  found: FoundIdentity,
  wanted: WantedCustomer,
): Promise<FoundCustomer> {
  const { id: identityId, customerId } = found;
  if (wanted.verified && !found.verified) await verifyIdentity(cx, customerId, identityId);
  return { customerId, organizationId: found.organizationId, created: false };
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
