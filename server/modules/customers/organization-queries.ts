import { empty, type Queryable, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { cutPage } from '../auth/contract.ts';
import type { Organization } from './contract.ts';
import { likePrefix } from './queries.ts';

interface OrganizationRow {
  id: number;
  name: string;
  domains: string[];
  details: string;
  notes: string;
  tags: string[];
  external_id: string | null;
  fields: Record<string, unknown>;
  version: number;
  created_at: Date;
  updated_at: Date;
}

/** @throws 404 when there is none, or it was deleted. */
export async function getOrganization(db: Queryable, id: number): Promise<Organization> {
  const row = await db.maybe<OrganizationRow>(
    sql`select * from organizations where id = ${id} and deleted_at is null`,
  );
  if (!row) throw notFound('That organisation');
  return present(row);
}

export interface OrganizationsQuestion {
  cursor?: number | undefined;
  limit: number;
  q?: string | undefined;
}

/** By id, oldest first; `q` is the beginning of a name, or a whole domain. */
export async function listOrganizations(db: Queryable, { cursor, limit, q }: OrganizationsQuestion) {
  const text = q?.toLowerCase();
  const rows = await db.all<OrganizationRow>(sql`
    select * from organizations where deleted_at is null and id > ${cursor ?? 0}
      ${text ? sql`and (lower(name) like ${`${likePrefix(text)}%`} or domains @> array[${text}]::text[])` : empty}
    order by id limit ${limit + 1}`);
  return cutPage(rows, limit, present);
}

export async function namesOfOrganizations(
  db: Queryable,
  ids: readonly number[],
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.all<{ id: number; name: string }>(
    sql`select id, name from organizations where id = any(${[...new Set(ids)]}::bigint[])`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function present(row: OrganizationRow): Organization {
  return {
    id: row.id,
    name: row.name,
    domains: row.domains,
    details: row.details,
    notes: row.notes,
    tags: row.tags,
    externalId: row.external_id,
    fields: row.fields,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
