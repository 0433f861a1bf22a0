import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import { addIdentity, type NewIdentity } from './change-identities.ts';
import type { Customer } from './contract.ts';
import { domainOf, identityKey } from './identity-key.ts';

type Optional = Pick<
  Customer,
  'name' | 'locale' | 'timeZone' | 'organizationId' | 'details' | 'notes' | 'tags' | 'externalId' | 'fields'
>;
export type NewCustomer = { [K in keyof Optional]?: Optional[K] | undefined } & {
  identities?: NewIdentity[];
};

/** @throws 422 for an identity that is somebody's already, or an unknown organisation. */
export async function createCustomer(
  cx: CommandContext,
  input: NewCustomer,
): Promise<{ customerId: number }> {
  const organizationId = await organizationFor(cx, input);
  const { id } = await cx.tx.one<{ id: number }>(sql`
    insert into customers (name, locale, time_zone, organization_id, details, notes, tags, external_id, fields, created_at, updated_at)
    values (${input.name ?? ''}, ${input.locale ?? null}, ${input.timeZone ?? null}, ${organizationId}, ${input.details ?? ''},
      ${input.notes ?? ''}, ${input.tags ?? []}, ${input.externalId ?? null}, ${JSON.stringify(input.fields ?? {})}::jsonb,
      ${cx.now}, ${cx.now}) returning id`);
  cx.record('customer.created', null, { customerId: id, organizationId });
  for (const [index, identity] of (input.identities ?? []).entries()) {
    await addIdentity(cx, id, identity, `identities.${index}.value`);
  }
  return { customerId: id };
}

/** The one named, else the one whose domain an address has. */
async function organizationFor(cx: CommandContext, input: NewCustomer): Promise<number | null> {
  if (input.organizationId !== undefined) {
    await refuseUnknownOrganization(cx, input.organizationId);
    return input.organizationId;
  }
  const domains = (input.identities ?? [])
    .filter(({ kind }) => kind === 'email')
    .flatMap(({ kind, value }) => identityKey(kind, value) ?? [])
    .map(domainOf);
  if (domains.length === 0) return null;
  const row = await cx.tx.maybe<{ id: number }>(
    sql`select id from organizations where deleted_at is null and domains && ${domains}::text[] order by id limit 1`,
  );
  return row?.id ?? null;
}

export async function refuseUnknownOrganization(cx: CommandContext, id: number | null): Promise<void> {
  if (id === null) return;
  const row = await cx.tx.maybe(sql`select id from organizations where id = ${id} and deleted_at is null`);
  if (!row) throw invalid({ organizationId: 'There is no such organisation.' });
}
