import { join, type Sql, sql } from '../../platform/db/database.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { identities } from '../customers/index.ts';
import { channelShape, priorityShape, statusShape, ticketTypeShape } from '../tickets/contract.ts';
import { ticketDeadline } from '../tickets/index.ts';
import { anyFieldCondition, customFieldCondition } from './custom-field-condition.ts';
import type { Comparison, Filter, FilterField } from './parse-query.ts';
import { needsZone, readMoment } from './read-moment.ts';

const nobody = sql`false`;
const operators: Record<Comparison, Sql> = {
  ':': sql`=`,
  '<': sql`<`,
  '>': sql`>`,
  '<=': sql`<=`,
  '>=': sql`>=`,
};

interface Asking {
  principal: Principal;
  now: Date;
  /** The desk's, for the days that are asked for. */
  timeZone: string;
}

const times: readonly FilterField[] = ['created', 'updated', 'solved', 'due'];

/** Is one of them a day of the desk's zone? */
export const askForDays = (filters: Filter[]): boolean =>
  filters.some(({ field, value }) => times.includes(field) && needsZone(value));

/** Conditions on `searchable_tickets as tickets`: the same field asked twice means either; a negation always holds. */
export function filterConditions(filters: Filter[], asking: Asking): Sql[] {
  const conditions: Sql[] = [];
  const fieldOf = ({ field, custom }: Filter) => `${field} ${custom ?? ''}`;
  for (const field of new Set(filters.map(fieldOf))) {
    const mine = filters.filter((filter) => fieldOf(filter) === field);
    for (const filter of mine.filter((one) => one.negated)) {
      conditions.push(sql`not coalesce(${conditionOf(filter, asking)}, false)`);
    }
    const ranges = mine.filter((one) => !one.negated && one.comparison !== ':');
    conditions.push(...ranges.map((filter) => conditionOf(filter, asking)));
    const equals = mine.filter((one) => !one.negated && one.comparison === ':');
    if (equals.length > 0) {
      conditions.push(
        sql`(${join(
          equals.map((filter) => conditionOf(filter, asking)),
          ' or ',
        )})`,
      );
    }
  }
  return conditions;
}

function conditionOf(filter: Filter, asking: Asking): Sql {
  return conditions[filter.field](filter, asking);
}

type Condition = (filter: Filter, asking: Asking) => Sql;

const conditions: Record<FilterField, Condition> = {
  status: (filter) =>
    ranked(sql`status`, statusShape.options, {
      ...filter,
      value: filter.value === 'hold' ? 'on_hold' : filter.value,
    }),
  priority: (filter) => ranked(sql`priority`, priorityShape.options, filter),
  type: ({ value }) =>
    isOneOf(ticketTypeShape.options, value) ? sql`type = ${value.toLowerCase()}` : nobody,
  channel: ({ value }) =>
    isOneOf(channelShape.options, value) ? sql`channel = ${value.toLowerCase()}` : nobody,
  tag: ({ value }) =>
    value === 'none' ? sql`tags = '{}'` : sql`tags @> array[${value.toLowerCase()}]::text[]`,
  assignee: ({ value }, { principal }) =>
    person(
      sql`assignee_id`,
      value,
      principal,
      sql`select id from searchable_staff where lower(email) = lower(${value}) or lower(name) = lower(${value})`,
    ),
  requester: ({ value }, { principal }) =>
    person(sql`requester_id`, value, principal, customersCalled(value)),
  cc: ({ value }, { principal }) =>
    sql`exists (select from searchable_copies as copies where ticket_id = tickets.id and ${person(
      sql`copies.customer_id`,
      value,
      principal,
      customersCalled(value),
    )})`,
  fieldvalue: ({ value }) => anyFieldCondition(value),
  custom_field: ({ custom = '', value, comparison }) =>
    customFieldCondition({
      field: { id: readId(custom), key: custom },
      value,
      comparison,
      operator: operators[comparison],
    }),
  team: ({ value }) =>
    named(sql`team_id`, value, sql`select id from searchable_teams where lower(name) = lower(${value})`),
  organization: ({ value }) =>
    named(
      sql`organization_id`,
      value,
      sql`select id from searchable_organizations where lower(name) = lower(${value})`,
    ),
  created: (filter, asking) => moment(sql`tickets.created_at`, filter, asking),
  updated: (filter, asking) => moment(sql`tickets.updated_at`, filter, asking),
  solved: (filter, asking) => moment(sql`solved_at`, filter, asking),
  due: (filter, asking) => moment(ticketDeadline.dueAt, filter, asking),
  subject: ({ value }) => sql`position(lower(${value.replace(/\*$/, '')}) in lower(subject)) > 0`,
  external: ({ value }) => sql`external_id = ${value}`,
  id: ({ value, comparison }) =>
    readId(value) ? sql`tickets.id ${operators[comparison]} ${readId(value)}` : nobody,
};

const customersCalled = (value: string): Sql =>
  sql`select customer_id from ${identities.holdersOfExactly(value)} as holders
    union select id from searchable_customers where lower(name) = lower(${value})`;

function ranked(column: Sql, order: readonly string[], { value, comparison }: Filter): Sql {
  const wanted = order.indexOf(value.toLowerCase());
  if (value === 'none' && comparison === ':') return sql`${column} is null`;
  if (wanted < 0) return nobody;
  if (comparison === ':') return sql`${column} = ${order[wanted]}`;
  return sql`array_position(${[...order]}::text[], ${column}) ${operators[comparison]} ${wanted + 1}`;
}

const isOneOf = (options: readonly string[], value: string): boolean => options.includes(value.toLowerCase());

export function readId(value: string): number | null {
  const id = /^#?\d{1,15}$/.test(value) ? Number(value.replace('#', '')) : 0;
  return id > 0 ? id : null;
}

function person(column: Sql, value: string, principal: Principal, found: Sql): Sql {
  if (value === 'me') return sql`${column} = ${principal.id}`;
  const id = /^\d/.test(value) ? readId(value) : null;
  // What is no id of theirs may be a number they are called at.
  return id
    ? sql`${column} = any(array(select ${id}::bigint union (${found})))`
    : named(column, value, found);
}

function named(column: Sql, value: string, found: Sql): Sql {
  if (value === 'none') return sql`${column} is null`;
  const id = readId(value);
  return id ? sql`${column} = ${id}` : sql`${column} in (${found})`;
}

function moment(column: Sql, { value, comparison }: Filter, { now, timeZone }: Asking): Sql {
  const span = readMoment(value, now, timeZone);
  if (!span) return nobody;
  switch (comparison) {
    case ':':
      return sql`(${column} >= ${span.from} and ${column} < ${span.until})`;
    case '<':
      return sql`${column} < ${span.from}`;
    case '<=':
      return sql`${column} < ${span.until}`;
    case '>':
      return sql`${column} >= ${span.after}`;
    case '>=':
      return sql`${column} >= ${span.from}`;
  }
}
