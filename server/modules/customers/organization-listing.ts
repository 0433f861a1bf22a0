import { join, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import { likePrefix } from './queries.ts';

export interface OrganizationRow {
  id: number;
  name: string;
  domains: string[];
  details: string;
  notes: string;
  external_id: string | null;
  tags: string[];
  fields: Record<string, unknown>;
  created_at: Date;
  updated_at: Date;
}

export interface OrganizationsWanted {
  ids?: number[];
  externalIds?: string[];
  /** The whole name, in any case. */
  name?: string;
  /** The beginning of the name. */
  begins?: string;
  /** Each stands somewhere in the name. */
  words?: string[];
  /** The one that this customer belongs to. */
  customerId?: number;
}

/** The organizations there are, for whoever pages through them by a cursor of its own. */
export function organizationListing(wanted: OrganizationsWanted = {}) {
  return {
    rows: sql`from organizations where ${join([sql`deleted_at is null`, ...conditionsOf(wanted)], ' and ')}`,
    id: sql`organizations.id`,
    sorts: { created_at: sql`created_at`, updated_at: sql`updated_at` },
  };
}

export async function countOrganizations(db: Queryable, wanted: OrganizationsWanted = {}): Promise<number> {
  const { count } = await db.one<{ count: number }>(
    sql`select count(*) as count ${organizationListing(wanted).rows}`,
  );
  return count;
}

/** In the order of the ids; unknown and deleted ones are left out. */
export async function listOrganizationRows(db: Queryable, ids: number[]): Promise<OrganizationRow[]> {
  const rows = await db.all<OrganizationRow>(sql`
    select id, name, domains, details, notes, external_id, tags, fields, created_at, updated_at
    from organizations where id = any(${ids}::bigint[]) and deleted_at is null`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** By id, else by external id, else by name. */
export async function findOrganization(
  db: Queryable,
  named: { id?: number | null; externalId?: string | null; name?: string | null },
): Promise<{ id: number } | undefined> {
  const { id = null, externalId = null, name = null } = named;
  return db.maybe<{ id: number }>(sql`
    select id from organizations where deleted_at is null
      and (id = ${id}::bigint or external_id = ${externalId} or lower(name) = lower(${name}))
    order by id = ${id}::bigint desc nulls last, external_id = ${externalId} desc nulls last limit 1`);
}

/** The ones with these ids of another system. */
export async function idsOfExternal(db: Queryable, externalIds: string[]): Promise<{ id: number }[]> {
  return db.all(sql`select id ${organizationListing({ externalIds }).rows}`);
}

/** How many customers belong to it. */
export async function countMembers(db: Queryable, organizationId: number): Promise<number> {
  const { count } = await db.one<{ count: number }>(sql`
    select count(*) as count from customers where organization_id = ${organizationId} and deleted_at is null`);
  return count;
}

function conditionsOf({ ids, externalIds, name, begins, words, customerId }: OrganizationsWanted): Sql[] {
  const like = (pattern: string): Sql => sql`lower(name) like ${pattern}`;
  return [
    ...(ids ? [sql`id = any(${ids}::bigint[])`] : []),
    ...(externalIds ? [sql`external_id = any(${externalIds}::text[])`] : []),
    ...(name === undefined ? [] : [sql`lower(name) = lower(${name})`]),
    ...(begins === undefined ? [] : [like(`${likePrefix(begins.toLowerCase())}%`)]),
    ...(words ?? []).map((word) => like(`%${likePrefix(word.toLowerCase())}%`)),
    ...(customerId === undefined
      ? []
      : [sql`id in (select organization_id from customers where id = ${customerId})`]),
  ];
}
