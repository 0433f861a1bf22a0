import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { conflict, invalid, notFound } from '../../platform/http/errors.ts';
import type { Organization } from './contract.ts';
import { domainKey } from './identity-key.ts';
import { getOrganization } from './organization-queries.ts';

type Optional = Pick<Organization, 'domains' | 'details' | 'notes' | 'tags' | 'externalId' | 'fields'>;
type Details = { [K in keyof Optional]?: Optional[K] | undefined };
export type NewOrganization = Details & { name: string };
export type OrganizationChange = Details & { name?: string | undefined; version?: number | undefined };

const lockKey = 7_130_016;

/** @throws 422 `name: taken`, or a domain that is none. */
export async function createOrganization(
  cx: CommandContext,
  input: NewOrganization,
): Promise<{ organizationId: number }> {
  const row = await cx.tx.maybe<{ id: number }>(sql`
    insert into organizations (name, domains, details, notes, tags, external_id, fields, created_at, updated_at)
    values (${input.name}, ${domainKeys(input.domains ?? [])}, ${input.details ?? ''}, ${input.notes ?? ''}, ${input.tags ?? []},
      ${input.externalId ?? null}, ${JSON.stringify(input.fields ?? {})}::jsonb, ${cx.now}, ${cx.now})
    on conflict (lower(name)) where deleted_at is null do nothing returning id`);
  if (!row) throw invalid({ name: 'taken' });
  cx.record('organization.created', null, { organizationId: row.id });
  return { organizationId: row.id };
}

/** @throws 409 with the newer state when `version` is old; 422 as above; 404. */
export async function changeOrganization(
  cx: CommandContext,
  id: number,
  change: OrganizationChange,
): Promise<void> {
  const { version, ...values } = change;
  await cx.tx.maybe(sql`select id from organizations where id = ${id} for update`);
  const before = await getOrganization(cx.tx, id);
  if (version !== undefined && version !== before.version) {
    throw conflict('Somebody changed this in the meantime.', { current: before });
  }
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const after: Organization = { ...before, ...given, fields: { ...before.fields, ...values.fields } };
  if (values.domains) after.domains = domainKeys(values.domains);
  const names = Object.keys(values) as (keyof Organization)[];
  const fields = names.filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
  if (fields.length === 0) return;
  if (after.name !== before.name) await refuseTakenName(cx, id, after.name);
  await cx.tx.write(sql`
    update organizations set name = ${after.name}, domains = ${after.domains}, details = ${after.details},
      notes = ${after.notes}, tags = ${after.tags}, external_id = ${after.externalId},
      fields = ${JSON.stringify(after.fields)}::jsonb, version = version + 1, updated_at = ${cx.now} where id = ${id}`);
  cx.record('organization.changed', null, { organizationId: id, fields });
}

/** Its customers belong to none afterwards. */
export async function deleteOrganization(cx: CommandContext, id: number): Promise<void> {
  const deleted = await cx.tx.write(sql`
    update organizations set deleted_at = ${cx.now}, version = version + 1, updated_at = ${cx.now}
    where id = ${id} and deleted_at is null`);
  if (deleted === 0) throw notFound('That organisation');
  await cx.tx.write(sql`update customers set organization_id = null where organization_id = ${id}`);
  cx.record('organization.deleted', null, { organizationId: id });
}

function domainKeys(domains: string[]): string[] {
  const keys = domains.map((domain) => {
    const key = domainKey(domain);
    if (key === null) throw invalid({ domains: `"${domain}" is not a domain such as example.com` });
    return key;
  });
  return [...new Set(keys)];
}

async function refuseTakenName(cx: CommandContext, id: number, name: string): Promise<void> {
  await cx.tx.write(sql`select pg_advisory_xact_lock(${lockKey})`);
  const taken = await cx.tx.maybe(
    sql`select id from organizations where lower(name) = lower(${name}) and deleted_at is null and id <> ${id}`,
  );
  if (taken) throw invalid({ name: 'taken' });
}
