import { route } from '../../platform/http/route.ts';
import { staffOf } from '../auth/index.ts';
import { ticketReads } from '../tickets/index.ts';
import { searchPage, searchQuery } from './contract.ts';
import { findSnippets } from './find-snippets.ts';
import { parseQuery } from './parse-query.ts';
import { countTickets, readStems, searchTickets } from './search-tickets.ts';

const search = route({
  method: 'GET',
  path: '/api/desk/v1/search',
  policy: 'ticket.search',
  summary: 'Tickets by words, "phrases", -without and fields such as status:open created>2026-01-01',
  query: searchQuery,
  response: searchPage,
  async handle({ desk, principal, query: { q, cursor, limit } }) {
    const asking = {
      query: parseQuery(q),
      principal: staffOf(principal),
      now: desk.clock.fixed() ?? new Date(),
    };
    const after = cursor ? Number(cursor) : undefined;
    const [ids, count] = await Promise.all([
      searchTickets(desk.db, { ...asking, limit: limit + 1, after }),
      countTickets(desk.db, asking),
    ]);
    const page = ids.slice(0, limit);
    const rows = await ticketReads.listTicketRows(desk.db, page);
    const [tickets, snippets] = await Promise.all([
      ticketReads.presentTickets(desk.db, asking.principal, rows),
      readStems(desk.db, asking.query).then((stems) => findSnippets(desk.db, rows, asking.query, stems)),
    ]);
    const items = tickets.map((ticket) => ({ ticket, snippets: snippets.get(ticket.id) ?? [] }));
    return { items, nextCursor: ids.length > limit ? String(page.at(-1)) : null, count };
  },
});

export const routes = [search];
