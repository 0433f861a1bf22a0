import { type Sql, sql } from '../../platform/db/database.ts';
import { identities, organizations } from '../customers/index.ts';

export const likely = (text: string): string => text.toLowerCase().replace(/[\\%_]/g, '\\$&');

/** Conditions on `wire_users`. */
export const userCondition = {
  role(role: string): Sql {
    if (role === 'admin') return sql`role = 'admin'`;
    if (role === 'agent') return sql`kind = 'staff' and role <> 'admin'`;
    return role === 'end-user' ? sql`kind = 'customer'` : sql`false`;
  },

  begins(name: string): Sql {
    const pattern = `${likely(name)}%`;
    return sql`(lower(name) like ${pattern} or lower(email) like ${pattern} or lower(name) like ${`% ${pattern}`})`;
  },

  /** Every word stands in the name, an address or a number; `email:`, `phone:`, `role:`, `name:` and the like narrow. */
  words(query: string): Sql[] {
    const parts = [...query.slice(0, 500).matchAll(/(?:([a-z_]+):)?(?:"([^"]*)"|(\S+))/gi)];
    return parts.flatMap(([, field, quoted, plain]) => term(field?.toLowerCase(), quoted ?? plain ?? ''));
  },
};

function term(field: string | undefined, value: string): Sql[] {
  if (value === '' || value === '*') return [];
  switch (field) {
    case 'type':
      return value === 'user' ? [] : [sql`false`];
    case 'role':
      return [userCondition.role(value)];
    case 'email':
      return [
        sql`(lower(email) = lower(${value}) or wire_users.id in ${identities.holdersOfExactly(value, 'email')})`,
      ];
    case 'phone':
      return [sql`wire_users.id in ${identities.holdersOfExactly(value, 'phone')}`];
    case 'external_id':
      return [sql`external_id = ${value}`];
    case 'organization':
    case 'organization_id':
      return [
        /^\d{1,15}$/.test(value)
          ? sql`organization_id = ${Number(value)}`
          : sql`organization_id in (select id ${organizations.listing({ name: value }).rows})`,
      ];
    case 'tags':
      return [sql`tags @> array[${value.toLowerCase()}]::text[]`];
    case undefined:
    case 'name':
      return [anywhere(value, field === 'name')];
    default:
      return [anywhere(`${field}:${value}`, false)];
  }
}

function anywhere(value: string, nameOnly: boolean): Sql {
  const pattern = `%${likely(value)}%`;
  if (nameOnly) return sql`lower(name) like ${pattern}`;
  return sql`(lower(name) like ${pattern} or lower(email) like ${pattern} or wire_users.id in ${identities.holdersOf(pattern)}
    or wire_users.id in ${identities.holdersOfExactly(value)})`;
}
