import { empty, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { cutPage } from '../auth/contract.ts';
import type { Customer, Identity } from './contract.ts';
import type { IdentityKind } from './events.ts';
import { identityKey } from './identity-key.ts';
import { holdersOfExactly } from './identity-queries.ts';

interface CustomerRow {
  id: number;
  name: string;
  locale: string | null;
  time_zone: string | null;
  organization_id: number | null;
  details: string;
  notes: string;
  tags: string[];
  external_id: string | null;
  fields: Record<string, unknown>;
  suspended: boolean;
  identities: Identity[];
  version: number;
  created_at: Date;
  updated_at: Date;
}

const columns = sql`c.id, c.name, c.locale, c.time_zone, c.organization_id, c.details, c.notes, c.tags, c.external_id,
  c.fields, c.suspended, c.version, c.created_at, c.updated_at,
  coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'value', i.value,
      'primary', i.is_primary, 'verified', i.verified) order by i.is_primary desc, i.id)
    from customer_identities i where i.customer_id = c.id), '[]') as identities`;

async function findCustomer(db: Queryable, id: number): Promise<Customer | null> {
  const row = await db.maybe<CustomerRow>(
    sql`select ${columns} from customers c where c.id = ${id} and c.deleted_at is null`,
  );
  return row ? present(row) : null;
}

/** @throws 404 when there is none, or they were deleted or merged away. */
export async function getCustomer(db: Queryable, id: number): Promise<Customer> {
  const customer = await findCustomer(db, id);
  if (!customer) throw notFound('That customer');
  return customer;
}

/** By any spelling of an address, number or handle. */
export async function findCustomerByIdentity(
  db: Queryable,
  kind: IdentityKind,
  value: string,
): Promise<{ customerId: number; identityId: number; verified: boolean; suspended: boolean } | null> {
  const key = identityKey(kind, value);
  if (key === null) return null;
  const row = await db.maybe<{
    customerId: number;
    identityId: number;
    verified: boolean;
    suspended: boolean;
  }>(sql`
    select c.id as "customerId", i.id as "identityId", i.verified, c.suspended
    from customer_identities i join customers c on c.id = i.customer_id
    where i.kind = ${kind} and i.value_key = ${key} and c.deleted_at is null`);
  return row ?? null;
}

export interface CustomersQuestion {
  cursor?: number | undefined;
  limit: number;
  q?: string | undefined;
  organization?: number | undefined;
}

/** Newest first; `q` is the beginning of a name or an address. */
export async function listCustomers(db: Queryable, { cursor, limit, q, organization }: CustomersQuestion) {
  const rows = await db.all<CustomerRow>(sql`
    select ${columns} from customers c where c.deleted_at is null ${cursor ? sql`and c.id < ${cursor}` : empty}
      ${organization ? sql`and c.organization_id = ${organization}` : empty} ${q ? sql`and ${beginsWith(q)}` : empty}
    order by c.id desc limit ${limit + 1}`);
  return cutPage(rows, limit, present);
}

function beginsWith(q: string): Sql {
  const pattern = `${likePrefix(q.toLowerCase())}%`;
  const digits = q.replace(/[\s().-]/g, '');
  const phone = /^\+?\d{3,}$/.test(digits) ? sql`or value_key like ${`${likePrefix(digits)}%`}` : empty;
  return sql`c.id in (
    select id from customers where lower(name) like ${pattern} and deleted_at is null
    union select customer_id from customer_identities where value_key like ${pattern} ${phone}
    union ${holdersOfExactly(q)})`;
}

/** `%`, `_` and the escape itself mean themselves. */
export const likePrefix = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

function present(row: CustomerRow): Customer {
  const first = (kind: IdentityKind) =>
    row.identities.find((identity) => identity.kind === kind)?.value ?? null;
  return {
    id: row.id,
    name: row.name,
    email: first('email'),
    phone: first('phone'),
    locale: row.locale,
    timeZone: row.time_zone,
    organizationId: row.organization_id,
    details: row.details,
    notes: row.notes,
    tags: row.tags,
    externalId: row.external_id,
    fields: row.fields,
    suspended: row.suspended,
    identities: row.identities,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
