import { empty, join, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import { badRequest } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import type { ListQuery } from './contract.ts';
import { sightCondition } from './sight.ts';
import { type TicketRow, ticketColumns, ticketSource } from './ticket-row.ts';
import { viewCondition } from './views.ts';

type Sort = NonNullable<ListQuery['sort']>;

/** Where a page ended: a sort's value as the database writes it (null: among those without one), then the id. */
type Cursor = [sort: Sort, value: string | null, id: number];

const columns: Record<Sort, Sql> = {
  due: sql`due_at`,
  updated: sql`updated_at`,
  created: sql`created_at`,
  waiting: sql`waiting_since`,
  solved: sql`solved_at`,
};
/** The most urgent first by promise and by wait; the newest first otherwise. Without a value: last. */
const ascending: Record<Sort, boolean> = {
  due: true,
  waiting: true,
  updated: false,
  created: false,
  solved: false,
};
const always: Record<Sort, boolean> = {
  due: false,
  waiting: false,
  updated: true,
  created: true,
  solved: false,
};

const sortOfView: Partial<Record<ListQuery['view'], Sort>> = {
  breaching: 'due',
  waiting: 'waiting',
  solved: 'solved',
};

export interface TicketRowPage {
  rows: TicketRow[];
  nextCursor: string | null;
}

/** One page of what this person may see, by keyset: no page is slower than the first, none skips or repeats. */
export async function listTicketPage(
  db: Queryable,
  principal: Principal,
  query: ListQuery,
  at: Date,
): Promise<TicketRowPage> {
  const sort = query.sort ?? sortOfView[query.view] ?? 'updated';
  const cursor = query.cursor === undefined ? null : readCursor(query.cursor, sort);
  const conditions = [sql`shown`, ...filterConditions(principal, query, at)];
  const wanted = query.limit + 1;
  const rows: SortedRow[] = [];
  if (cursor === null || cursor[1] !== null)
    rows.push(...(await readValued(db, sort, cursor, conditions, wanted)));
  if (rows.length < wanted && !always[sort]) {
    const after = cursor?.[1] === null ? cursor[2] : null;
    rows.push(...(await readValueless(db, sort, after, conditions, wanted - rows.length)));
  }
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    rows: items.map(({ sortValue: _, ...row }) => row),
    nextCursor: rows.length > query.limit && last ? writeCursor([sort, last.sortValue, last.id]) : null,
  };
}

type SortedRow = TicketRow & { sortValue: string | null };

function readValued(db: Queryable, sort: Sort, cursor: Cursor | null, conditions: Sql[], limit: number) {
  const column = columns[sort];
  const direction = ascending[sort] ? sql`asc` : sql`desc`;
  const beyond = ascending[sort] ? sql`>` : sql`<`;
  const after = cursor
    ? sql`and (${column}, id) ${beyond} (${cursor[1]}::timestamptz, ${cursor[2]}::bigint)`
    : empty;
  const present = always[sort] ? empty : sql`and ${column} is not null`;
  return db.all<SortedRow>(sql`select ${ticketColumns}, ${column}::text as "sortValue" from ${ticketSource}
    where ${join(conditions, ' and ')} ${present} ${after}
    order by ${column} ${direction}, id ${direction} limit ${limit}`);
}

function readValueless(db: Queryable, sort: Sort, afterId: number | null, conditions: Sql[], limit: number) {
  const after = afterId === null ? empty : sql`and id < ${afterId}::bigint`;
  return db.all<SortedRow>(sql`select ${ticketColumns}, null as "sortValue" from ${ticketSource}
    where ${join(conditions, ' and ')} and ${columns[sort]} is null ${after} order by id desc limit ${limit}`);
}

function filterConditions(principal: Principal, query: ListQuery, at: Date): Sql[] {
  const statuses = query.status === undefined ? null : [query.status].flat();
  return [
    sightCondition(principal),
    viewCondition(query.view, principal, at),
    statuses && sql`status = any(${statuses}::text[])`,
    query.team && sql`team_id = ${query.team}`,
    query.assignee && sql`assignee_id = ${query.assignee}`,
    query.requester && sql`requester_id = ${query.requester}`,
    query.organization && sql`organization_id = ${query.organization}`,
    query.inbox && sql`inbox_id = ${query.inbox}`,
    query.tag && sql`tags @> ${[query.tag.toLowerCase()]}::text[]`,
    query.channel && sql`channel = ${query.channel}`,
    query.priority && sql`priority = ${query.priority}`,
  ].filter((condition): condition is Sql => Boolean(condition));
}

const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

const databaseInstant = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/;

function readCursor(text: string, sort: Sort): Cursor {
  const [of, value, id] = parseCursor(text);
  const known = value === null || (typeof value === 'string' && databaseInstant.test(value));
  if (of !== sort || !known || !Number.isSafeInteger(id)) {
    throw badRequest('This cursor is not one of this list.', 'bad_cursor');
  }
  return [sort, value as string | null, id as number];
}

function parseCursor(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
