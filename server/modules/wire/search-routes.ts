import { join, type Sql, sql } from '../../platform/db/database.ts';
import { badRequest, invalid } from '../../platform/http/errors.ts';
import { organizations } from '../customers/index.ts';
import { countTickets, longestQuery, parseQuery, type SearchSort, searchTickets } from '../search/index.ts';
import { teamReads } from '../staff/index.ts';
import { envelope, type Page, readPage, readPaging } from './paging.ts';
import { presentGroup, presentOrganization, presentUser, type WireObject } from './present-people.ts';
import { listUserRows } from './read-people.ts';
import { showTickets } from './show-tickets.ts';
import { userCondition } from './user-condition.ts';
import { type Asking, textOf, wireRoute } from './wire-route.ts';

/** What is searched: `type:user` and the like choose, tickets are the default. */
type Kind = 'ticket' | 'user' | 'organization' | 'group';
const kinds: readonly string[] = ['ticket', 'user', 'organization', 'group'] satisfies Kind[];
const mostResults = 1000;

interface Question {
  kind: Kind;
  text: string;
}

function readQuestion(asking: Asking): Question {
  const text = textOf(asking.query, 'query');
  if (text === null) throw invalid({ query: 'required' });
  if (text.length > longestQuery) throw invalid({ query: `is at most ${longestQuery} characters` });
  const named =
    textOf(asking.query, 'filter[type]') ?? /(?:^|\s)type:(\w+)/i.exec(text)?.[1]?.toLowerCase() ?? 'ticket';
  const kind = kinds.includes(named) ? (named as Kind) : 'ticket';
  // `type:incident` and its like stay: they are a ticket's own type.
  const rest = text.replace(/(^|\s)type:(ticket|user|organization|group)(?=\s|$)/gi, ' ').trim();
  return { kind, text: rest };
}

const asksOf = (asking: Asking, text: string) => ({
  query: parseQuery(text),
  principal: asking.who,
  now: asking.desk.clock.fixed() ?? new Date(),
});

const sorts: readonly string[] = ['created_at', 'updated_at', 'priority', 'status'] satisfies SearchSort[];

async function ticketPage(asking: Asking, text: string): Promise<{ page: Page; objects: WireObject[] }> {
  const paging = readPaging(asking.query);
  if (paging.style === 'cursor') throw badRequest('Search pages by number; /search/export pages by cursor.');
  const offset = (paging.page - 1) * paging.perPage;
  if (offset + paging.perPage > mostResults)
    throw invalid({ page: `search shows its first ${mostResults} results` });
  const asked = asksOf(asking, text);
  const sort = paging.sort && sorts.includes(paging.sort.by) ? (paging.sort.by as SearchSort) : 'id';
  const ascending = sort !== 'id' && textOf(asking.query, 'sort_order') === 'asc';
  const [ids, count] = await Promise.all([
    searchTickets(asking.desk.db, { ...asked, sort, ascending, limit: paging.perPage, offset }),
    countTickets(asking.desk.db, asked),
  ]);
  const page = {
    ids,
    count,
    hasMore: offset + ids.length < Math.min(count, mostResults),
    hasBefore: paging.page > 1,
    after: null,
    before: null,
  };
  return { page, objects: (await showTickets(asking, ids)).objects };
}

function rowsOf(kind: Exclude<Kind, 'ticket'>, text: string): { rows: Sql; id: Sql } {
  if (kind === 'user') {
    const conditions = [sql`active`, ...userCondition.words(text)];
    return { rows: sql`from wire_users where ${join(conditions, ' and ')}`, id: sql`wire_users.id` };
  }
  const words = text
    .replace(/(^|\s)name:/gi, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '*')
    .map((word) => word.replaceAll('"', ''));
  return kind === 'organization' ? organizations.listing({ words }) : teamReads.listing({ words });
}

async function objectsOf(
  { desk, base }: Asking,
  kind: Exclude<Kind, 'ticket'>,
  ids: number[],
): Promise<WireObject[]> {
  if (kind === 'user') return (await listUserRows(desk.db, ids)).map((row) => presentUser(base, row));
  if (kind === 'group') return (await teamReads.list(desk.db, ids)).map((row) => presentGroup(base, row));
  return (await organizations.list(desk.db, ids)).map((row) => presentOrganization(base, row));
}

const marked = (kind: Kind, objects: WireObject[]) =>
  objects.map((object) => ({ ...object, result_type: kind }));

export const searchRoutes = [
  wireRoute({
    method: 'GET',
    path: '/search',
    policy: 'wire.read',
    summary: 'Tickets, users, organizations or groups by a query; the first 1,000 results',
    answer: async (asking) => {
      const { kind, text } = readQuestion(asking);
      if (kind === 'ticket') {
        const { page, objects } = await ticketPage(asking, text);
        return { ...envelope(asking, 'results', marked(kind, objects), page), facets: null };
      }
      const page = await readPage(asking.desk.db, rowsOf(kind, text), readPaging(asking.query));
      return {
        ...envelope(asking, 'results', marked(kind, await objectsOf(asking, kind, page.ids)), page),
        facets: null,
      };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/search/count',
    policy: 'wire.read',
    summary: 'How many results a query has',
    answer: async (asking) => {
      const { kind, text } = readQuestion(asking);
      if (kind === 'ticket') return { count: await countTickets(asking.desk.db, asksOf(asking, text)) };
      return asking.desk.db.one(sql`select count(*) as count ${rowsOf(kind, text).rows}`);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/search/export',
    policy: 'wire.read',
    summary: 'All results of a query, a cursor at a time',
    answer: async (asking) => {
      const paged = { ...asking, query: { 'page[size]': '100', ...asking.query } };
      const { kind, text } = readQuestion(paged);
      if (kind === 'ticket') return exportTickets(paged, text);
      const page = await readPage(asking.desk.db, rowsOf(kind, text), readPaging(paged.query));
      return envelope(paged, 'results', marked(kind, await objectsOf(asking, kind, page.ids)), page);
    },
  }),
];

async function exportTickets(asking: Asking, text: string): Promise<Record<string, unknown>> {
  const paging = readPaging(asking.query);
  if (paging.style !== 'cursor') throw badRequest('The export pages by cursor.');
  if (paging.after !== null && !/^\d{1,15}$/.test(paging.after))
    throw badRequest('page[after] is taken from meta, as it is');
  const after = paging.after === null ? undefined : Number(paging.after);
  const found = await searchTickets(asking.desk.db, {
    ...asksOf(asking, text),
    ascending: true,
    limit: paging.size + 1,
    after,
  });
  const ids = found.slice(0, paging.size);
  const page: Page = {
    ids,
    count: null,
    hasMore: found.length > paging.size,
    hasBefore: false,
    after: ids.length > 0 ? String(ids.at(-1)) : null,
    before: null,
  };
  return envelope(asking, 'results', marked('ticket', (await showTickets(asking, ids)).objects), page);
}
