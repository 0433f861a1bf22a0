import { type Sql, sql } from '../../platform/db/database.ts';
import type { Comparison } from './parse-query.ts';

/** `custom_field_7:` and `custom_field_order:` ask one field of a ticket, by its id or its key. */
export interface CustomField {
  id: number | null;
  key: string;
}

interface Asked {
  field: CustomField;
  value: string;
  comparison: Comparison;
  operator: Sql;
}

/**
 * Text fields by what they hold, choices by their value, numbers and dates also in order; a field nobody made holds
 * nothing.
 */
export function customFieldCondition({ field, value, comparison, operator }: Asked): Sql {
  const held = sql`tickets.fields ->> definition.key`;
  const named = sql`(definition.id = ${field.id}::bigint or definition.key = ${field.key})`;
  const exists = (holds: Sql) =>
    sql`exists (select from searchable_fields as definition where ${named} and ${holds})`;
  if (value === 'none' && comparison === ':') return sql`not ${exists(sql`${held} is not null`)}`;
  const ordered = sql`definition.kind = 'date' and ${held} ${operator} ${value}`;
  const counted = /^-?\d{1,15}(\.\d{1,9})?$/.test(value)
    ? sql`case when definition.kind in ('integer', 'decimal') then (${held})::numeric ${operator} ${value}::numeric else false end`
    : sql`false`;
  if (comparison !== ':') return exists(sql`(${ordered} or ${counted})`);
  return exists(sql`(${counted} or case definition.kind
    when 'multiselect' then tickets.fields -> definition.key ? ${value}
    when 'text' then position(lower(${value}) in lower(${held})) > 0
    when 'textarea' then position(lower(${value}) in lower(${held})) > 0
    else lower(${held}) = lower(${value}) end)`);
}

/** `fieldvalue:` asks all of them. */
export const anyFieldCondition = (
  value: string,
): Sql => sql`exists (select from jsonb_each(tickets.fields) as field
  where field.value ? ${value} or lower(field.value #>> '{}') = lower(${value}))`;
