import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { WantedCustomer } from './find-or-create-customer.ts';
import { domainOf, identityKey } from './identity-key.ts';

/** Whether a value is an identity of this kind at all. */
export function isIdentity({ kind, value }: Pick<WantedCustomer, 'kind' | 'value'>): boolean {
  return identityKey(kind, value) !== null;
}

/**
 * The customers behind many identities, in their order, in three queries: for imports. The same identity twice is
 * the same customer. @throws 422 `value` when one is no such identity.
 */
export async function findOrCreateCustomers(
  cx: CommandContext,
  wanted: readonly WantedCustomer[],
): Promise<number[]> {
  const keys = wanted.map(({ kind, value }) => {
    const key = identityKey(kind, value);
    if (key === null) throw invalid({ value: `${value} cannot be read` });
    return key;
  });
  const nameOf = (kind: string, key: string) => `${kind} ${key}`;
  const unique = new Map(
    wanted.map((one, index) => [
      nameOf(one.kind, keys[index] as string),
      { ...one, key: keys[index] as string },
    ]),
  );
  const list = [...unique.values()];
  await makeMissing(cx, list);
  const rows = await cx.tx.all<{ kind: string; value_key: string; customer_id: number }>(sql`
    select kind, value_key, customer_id from customer_identities
    join unnest(${list.map(({ kind }) => kind)}::text[], ${list.map(({ key }) => key)}::text[]) as wanted (kind, value_key)
      using (kind, value_key)`);
  const ids = new Map(rows.map((row) => [nameOf(row.kind, row.value_key), row.customer_id]));
  return wanted.map(({ kind }, index) => {
    const id = ids.get(nameOf(kind, keys[index] as string));
    if (id === undefined) throw new Error('an identity is taken, and by nobody');
    return id;
  });
}

async function makeMissing(cx: CommandContext, list: (WantedCustomer & { key: string })[]): Promise<void> {
  const made = await cx.tx.all<{ id: number; organization_id: number | null }>(sql`
    with wanted as (
      select * from unnest(${list.map(({ kind }) => kind)}::text[], ${list.map(({ value }) => value.trim())}::text[],
        ${list.map(({ key }) => key)}::text[], ${list.map(({ name }) => name?.trim() ?? '')}::text[],
        ${list.map(({ locale }) => locale ?? null)}::text[], ${list.map(({ verified }) => verified ?? false)}::boolean[],
        ${list.map(({ kind, key }) => (kind === 'email' ? domainOf(key) : null))}::text[])
      as t (kind, value, value_key, name, locale, verified, domain)
    ), identity as (
      insert into customer_identities (customer_id, kind, value, value_key, is_primary, verified, created_at)
      select nextval('person_ids'), kind, value, value_key, true, verified, ${cx.now} from wanted
      where not exists (select from customer_identities known
        where known.kind = wanted.kind and known.value_key = wanted.value_key)
      on conflict (kind, value_key) do nothing returning customer_id, kind, value_key
    )
    insert into customers (id, name, locale, organization_id, created_at, updated_at)
    select customer_id, name, locale, (select organizations.id from organizations
        where deleted_at is null and domains @> array[domain] order by organizations.id limit 1), ${cx.now}, ${cx.now}
    from identity join wanted using (kind, value_key)
    returning id, organization_id`);
  for (const { id, organization_id: organizationId } of made) {
    cx.record('customer.created', null, { customerId: id, organizationId });
  }
}
