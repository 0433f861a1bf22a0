import { type Queryable, sql } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import { route } from '../../platform/http/route.ts';
import { staffOf } from '../auth/index.ts';
import { ticketReads } from '../tickets/index.ts';
import { searchPage as pageShape, type SearchPage as ShownPage, searchQuery } from './contract.ts';
import type { Asked } from './find-matches.ts';
import { findSnippets, listSaidTexts } from './find-snippets.ts';
import { highlighter } from './highlight.ts';
import { parseQuery } from './parse-query.ts';
import { readStems } from './query-stems.ts';
import { searchPage } from './search-tickets.ts';

// The planner counts a page of vectors as a page of rows, and would rather compare all of a small desk's one by one.
const byIndex = [sql`begin read only`, sql`set local enable_seqscan = off`, sql`set local jit = off`];

const search = route({
  method: 'GET',
  path: '/api/desk/v1/search',
  policy: 'ticket.search',
  summary: 'Tickets by words, "phrases", -without and fields such as status:open created>2026-01-01',
  query: searchQuery,
  response: pageShape,
  async handle({ desk, principal, query: { q, cursor, limit } }) {
    const asked = {
      query: parseQuery(q),
      principal: staffOf(principal),
      now: desk.clock.fixed() ?? new Date(),
    };
    const after = cursor ? Number(cursor) : undefined;
    const read = (db: Queryable) => searchPage(db, { ...asked, limit: limit + 1, after });
    const { ids, count } = await (asked.query.texts.length > 0
      ? desk.db.transaction(byIndex, read)
      : read(desk.db));
    const page = ids.slice(0, limit);
    const items = await showTickets(desk, asked, page);
    return { items, nextCursor: ids.length > limit ? String(page.at(-1)) : null, count };
  },
});

async function showTickets(desk: Desk, asked: Asked, ids: number[]): Promise<ShownPage['items']> {
  const { query, principal } = asked;
  const hasWords = query.texts.some((text) => !text.negated);
  const [stems, texts, tickets] = await Promise.all([
    readStems(desk.db, query),
    hasWords ? listSaidTexts(desk.db, ids) : [],
    ticketReads
      .listTicketRows(desk.db, ids)
      .then((rows) => ticketReads.presentTickets(desk.db, principal, rows)),
  ]);
  const highlight = highlighter(query, stems);
  const textsOf = Map.groupBy(texts, (text) => text.ticketId);
  return tickets.map((ticket) => ({
    ticket,
    snippets: findSnippets(ticket.subject, textsOf.get(ticket.id) ?? [], highlight),
  }));
}

export const routes = [search];
