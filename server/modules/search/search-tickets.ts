import { join, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { sightCondition } from '../tickets/index.ts';
import { filterConditions, readId } from './filter-condition.ts';
import { dictionariesFor } from './languages.ts';
import type { ParsedQuery } from './parse-query.ts';
import { type Stems, textQuery } from './text-query.ts';

export type SearchSort = 'id' | 'created_at' | 'updated_at' | 'priority' | 'status';

export interface SearchTickets {
  query: ParsedQuery;
  principal: Principal;
  now: Date;
  sort?: SearchSort;
  ascending?: boolean;
  limit: number;
  offset?: number;
  /** Only with the sort `id`: what comes after this ticket. */
  after?: number | undefined;
}

const sortColumns: Record<SearchSort, Sql> = {
  id: sql`tickets.id`,
  created_at: sql`tickets.created_at`,
  updated_at: sql`tickets.updated_at`,
  priority: sql`array_position(array['low', 'normal', 'high', 'urgent'], priority)`,
  status: sql`array_position(array['new', 'open', 'pending', 'on_hold', 'solved', 'closed'], status)`,
};

/** Ids of tickets that match and may be seen, newest first unless sorted otherwise. Deleted, spam and merged are left out. */
export async function searchTickets(db: Queryable, asked: SearchTickets): Promise<number[]> {
  const matching = await matchingTickets(db, asked);
  const direction = asked.ascending ? sql`asc` : sql`desc`;
  const after = asked.after ? sql`and tickets.id ${asked.ascending ? sql`>` : sql`<`} ${asked.after}` : sql``;
  const order =
    asked.sort && asked.sort !== 'id' ? sql`${sortColumns[asked.sort]} ${direction} nulls last,` : sql``;
  const rows = await db.all<{ id: number }>(sql`
    select tickets.id ${matching} ${after}
    order by ${order} tickets.id ${direction} limit ${asked.limit} offset ${asked.offset ?? 0}`);
  return rows.map((row) => row.id);
}

export async function countTickets(
  db: Queryable,
  asked: Pick<SearchTickets, 'query' | 'principal' | 'now'>,
): Promise<number> {
  const stems = await readStems(db, asked.query);
  const words = textQuery(asked.query.texts, stems);
  const plain = asked.query.filters.length === 0 && sightCondition(asked.principal) === null;
  const from =
    words && plain && !numberOf(asked.query)
      ? sql`from search_documents where words @@ ${words}::tsquery and listed`
      : await matchingTickets(db, asked);
  return (await db.one<{ count: number }>(sql`select count(*) as count ${from}`)).count;
}

async function matchingTickets(
  db: Queryable,
  { query, principal, now }: Pick<SearchTickets, 'query' | 'principal' | 'now'>,
): Promise<Sql> {
  const words = textQuery(query.texts, await readStems(db, query));
  const number = numberOf(query);
  const conditions = [sql`tickets.shown`, ...filterConditions(query.filters, { principal, now })];
  const sight = sightCondition(principal);
  if (sight) conditions.push(sql`(${sight})`);
  if (!words) return sql`from tickets where ${join(conditions, ' and ')}`;
  const text = sql`words @@ ${words}::tsquery`;
  conditions.push(number ? sql`(${text} or tickets.id = ${number})` : text);
  return sql`from search_documents join tickets on tickets.id = search_documents.ticket_id
    where ${join(conditions, ' and ')}`;
}

/** A question that is nothing but a number also asks for the ticket of that number. */
function numberOf(query: ParsedQuery): number | null {
  const [only, ...others] = query.texts;
  if (!only || only.negated || others.length > 0 || only.tokens.length !== 1) return null;
  return readId(only.tokens[0]?.lexeme ?? '');
}

export async function readStems(db: Queryable, query: ParsedQuery): Promise<Stems> {
  const words = [
    ...new Set(
      query.texts
        .filter((text) => !text.exact && text.tokens.length === 1)
        .flatMap((text) => text.tokens[0]?.word ?? []),
    ),
  ];
  const pairs = words.flatMap((word) => dictionariesFor(word).map((dictionary) => ({ word, dictionary })));
  if (pairs.length === 0) return new Map();
  const rows = await db.all<{ word: string; stem: string }>(sql`
    select distinct word, stem from unnest(${pairs.map((pair) => pair.word)}::text[],
      ${pairs.map((pair) => pair.dictionary)}::text[]) as pair (word, dictionary),
      unnest(ts_lexize(dictionary::regdictionary, word)) as stem`);
  const stems = new Map<string, string[]>();
  for (const { word, stem } of rows) stems.set(word, [...(stems.get(word) ?? []), stem]);
  return stems;
}
