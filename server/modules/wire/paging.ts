import { type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import { badRequest } from '../../platform/http/errors.ts';
import { type Asking, textOf, type WireQuery } from './wire-route.ts';

/** Two styles: `page[size]`/`page[after]` (keyset), and `page`/`per_page` with a count. */
export type Paging =
  | { style: 'cursor'; size: number; after: string | null; before: string | null; sort: Sort | null }
  | { style: 'offset'; page: number; perPage: number; sort: Sort | null };

interface Sort {
  by: string;
  descending: boolean;
}

/** Rows to page through: a condition, their id, and what they can be sorted by. */
export interface Listing {
  /** From `from` on. */
  rows: Sql;
  id: Sql;
  /** Columns of instants. */
  sorts?: Record<string, Sql>;
  first?: Sort;
}

export interface Page {
  ids: number[];
  count: number | null;
  hasMore: boolean;
  /** There are some before. */
  hasBefore: boolean;
  after: string | null;
  before: string | null;
}

const mostPerPage = 100;
const mostByOffset = 10_000;

export function readPaging(query: WireQuery): Paging {
  const sort = readSort(query);
  if (
    query['page[size]'] !== undefined ||
    query['page[after]'] !== undefined ||
    query['page[before]'] !== undefined
  ) {
    const size = wholeNumber(textOf(query, 'page[size]'), mostPerPage, 'page[size]');
    if (size > mostPerPage) throw badRequest(`page[size] is at most ${mostPerPage}`);
    return {
      style: 'cursor',
      size,
      after: textOf(query, 'page[after]'),
      before: textOf(query, 'page[before]'),
      sort,
    };
  }
  const page = wholeNumber(textOf(query, 'page'), 1, 'page');
  const perPage = Math.min(mostPerPage, wholeNumber(textOf(query, 'per_page'), mostPerPage, 'per_page'));
  if (page * perPage > mostByOffset) {
    throw badRequest(`Pages by number end after ${mostByOffset} records; use page[size] and page[after].`);
  }
  return { style: 'offset', page, perPage, sort };
}

function readSort(query: WireQuery): Sort | null {
  const by = textOf(query, 'sort_by');
  if (by) return { by, descending: textOf(query, 'sort_order') === 'desc' };
  const sort = textOf(query, 'sort');
  return sort ? { by: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : null;
}

function wholeNumber(text: string | null, otherwise: number, name: string): number {
  if (text === null) return otherwise;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw badRequest(`${name} is a whole number above 0`);
  return Number(text);
}

export async function readPage(db: Queryable, listing: Listing, paging: Paging): Promise<Page> {
  const wanted =
    paging.sort && (paging.sort.by === 'id' || listing.sorts?.[paging.sort.by]) ? paging.sort : listing.first;
  const sort = wanted ?? { by: 'id', descending: false };
  const key = listing.sorts?.[sort.by] ?? null;
  return paging.style === 'offset'
    ? readByOffset(db, listing, paging, key, sort.descending)
    : readByCursor(db, listing, paging, key, sort.descending);
}

function orderOf(key: Sql | null, id: Sql, descending: boolean): Sql {
  const way = descending ? sql`desc` : sql`asc`;
  return key ? sql`${key} ${way}, ${id} ${way}` : sql`${id} ${way}`;
}

async function readByOffset(
  db: Queryable,
  listing: Listing,
  { page, perPage }: Extract<Paging, { style: 'offset' }>,
  key: Sql | null,
  descending: boolean,
): Promise<Page> {
  const { count } = await db.one<{ count: number }>(sql`select count(*) as count ${listing.rows}`);
  const rows = await db.all<{ id: number }>(sql`select ${listing.id} as id ${listing.rows}
    order by ${orderOf(key, listing.id, descending)} limit ${perPage} offset ${(page - 1) * perPage}`);
  return {
    ids: rows.map((row) => row.id),
    count,
    hasMore: page * perPage < count,
    hasBefore: page > 1,
    after: null,
    before: null,
  };
}

async function readByCursor(
  db: Queryable,
  listing: Listing,
  { size, after, before }: Extract<Paging, { style: 'cursor' }>,
  key: Sql | null,
  descending: boolean,
): Promise<Page> {
  const backwards = after === null && before !== null;
  const reversed = descending !== backwards;
  const position = after ?? before;
  const past =
    position === null
      ? sql``
      : sql`and ${pastCursor(readCursor(position, key !== null), key, listing.id, reversed)}`;
  const rows = await db.all<{ id: number; key: string | null }>(sql`
    select ${listing.id} as id, ${key ? sql`${key}::text` : sql`null::text`} as key ${listing.rows} ${past}
    order by ${orderOf(key, listing.id, reversed)} limit ${size + 1}`);
  const page = rows.slice(0, size);
  if (backwards) page.reverse();
  const [first, last] = [page[0], page.at(-1)];
  const more = rows.length > size;
  return {
    ids: page.map((row) => row.id),
    count: null,
    hasMore: backwards ? true : more,
    hasBefore: backwards ? more : after !== null,
    after: last ? writeCursor(last) : null,
    before: first ? writeCursor(first) : null,
  };
}

function pastCursor(cursor: [number, string | null], key: Sql | null, id: Sql, descending: boolean): Sql {
  const than = descending ? sql`<` : sql`>`;
  return key
    ? sql`(${key}, ${id}) ${than} (${cursor[1]}::timestamptz, ${cursor[0]}::bigint)`
    : sql`${id} ${than} ${cursor[0]}`;
}

const writeCursor = (row: { id: number; key: string | null }): string =>
  Buffer.from(JSON.stringify([row.id, row.key])).toString('base64url');

function readCursor(text: string, needsKey: boolean): [number, string | null] {
  try {
    const [id, key] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const instant = typeof key === 'string' && isInstant(key) ? key : null;
    if (Number.isSafeInteger(id) && (instant !== null || !needsKey)) return [id as number, instant];
  } catch {
    // Falls through to the refusal.
  }
  throw badRequest('page[after] and page[before] are taken from meta, as they are');
}

/** As the database writes one: a day that exists, a time, a zone. */
function isInstant(key: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-][01]\d(:[0-5]\d)?$/.test(key)) return false;
  const at = Date.parse(`${key.slice(0, 10)}T${key.slice(11, 19)}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(key.slice(0, 10));
}

/** The envelope of a list: meta and links for the cursor style, else count, next_page and previous_page. */
export function envelope(
  asking: Asking,
  name: string,
  objects: unknown[],
  page: Page,
): Record<string, unknown> {
  const paging = readPaging(asking.query);
  if (paging.style === 'cursor') {
    return {
      [name]: objects,
      meta: { has_more: page.hasMore, after_cursor: page.after, before_cursor: page.before },
      links: {
        prev:
          page.hasBefore && page.before
            ? link(asking, { 'page[before]': page.before, 'page[after]': null })
            : null,
        next:
          page.hasMore && page.after
            ? link(asking, { 'page[after]': page.after, 'page[before]': null })
            : null,
      },
    };
  }
  const beyond = (paging.page + 1) * paging.perPage > mostByOffset;
  return {
    [name]: objects,
    count: page.count ?? objects.length,
    next_page: page.hasMore && !beyond ? link(asking, { page: String(paging.page + 1) }) : null,
    previous_page: page.hasBefore ? link(asking, { page: String(paging.page - 1) }) : null,
  };
}

function link(asking: Asking, change: Record<string, string | null>): string {
  const url = new URL(asking.http.url, asking.base);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.toString();
}

/** A list that is in memory already: audits and comments of one ticket. */
export function pageOfList<T extends { id: number }>(asking: Asking, all: T[]): { page: Page; items: T[] } {
  const paging = readPaging(asking.query);
  const descending = paging.sort?.descending ?? textOf(asking.query, 'sort_order') === 'desc';
  const list = descending ? [...all].reverse() : all;
  const [start, end] = boundsOf(paging, (cursor) => placeOf(list, cursor, descending));
  const items = list.slice(start, end);
  const cursor = (item: T | undefined) => (item ? writeCursor({ id: item.id, key: null }) : null);
  const page: Page = {
    ids: items.map((item) => item.id),
    count: list.length,
    hasMore: start + items.length < list.length,
    hasBefore: start > 0,
    after: cursor(items.at(-1)),
    before: cursor(items[0]),
  };
  return { page, items };
}

function boundsOf(paging: Paging, place: (cursor: string) => Place): [start: number, end: number] {
  if (paging.style === 'offset') return [(paging.page - 1) * paging.perPage, paging.page * paging.perPage];
  if (paging.after) return [place(paging.after).after, place(paging.after).after + paging.size];
  if (paging.before)
    return [Math.max(0, place(paging.before).before - paging.size), place(paging.before).before];
  return [0, paging.size];
}

/** How many items stand before a cursor's, and where those after it begin. */
interface Place {
  before: number;
  after: number;
}

/** An item that is gone by now still has its place, so that nobody begins again from the first page. */
function placeOf(list: { id: number }[], cursor: string, descending: boolean): Place {
  const [id] = readCursor(cursor, false);
  const at = list.findIndex((item) => item.id === id);
  if (at >= 0) return { before: at, after: at + 1 };
  const next = list.findIndex((item) => (descending ? item.id < id : item.id > id));
  const gone = next < 0 ? list.length : next;
  return { before: gone, after: gone };
}
