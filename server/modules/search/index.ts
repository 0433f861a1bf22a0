export { indexTickets } from './index-tickets.ts';
export { type Filter, longestQuery, type ParsedQuery, parseQuery } from './parse-query.ts';
export { countTickets, type SearchSort, type SearchTickets, searchTickets } from './search-tickets.ts';
