import { empty, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import { type Asked, findMatches, type Matches } from './find-matches.ts';

export type SearchSort = 'id' | 'created_at' | 'updated_at' | 'priority' | 'status';

export interface SearchTickets extends Asked {
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
  const matches = await findMatches(db, asked);
  const rows = await db.all<{ id: number }>(sql`${matches.hits} ${pageOf(matches, asked)}`);
  return rows.map((row) => row.id);
}

export async function countTickets(db: Queryable, asked: Asked): Promise<number> {
  const matches = await findMatches(db, asked);
  return (await db.one<{ count: number }>(sql`${matches.hits} ${countOf(matches)}`)).count;
}

export interface SearchPage {
  ids: number[];
  count: number;
}

/** Both from one reading of the index, and of the tickets where more than words is asked; sorted by id. */
export async function searchPage(db: Queryable, asked: Omit<SearchTickets, 'sort'>): Promise<SearchPage> {
  const matches = await findMatches(db, asked);
  if (matches.wordsOnly)
    return db.one<SearchPage>(
      sql`${matches.hits} select (${countOf(matches)}) as count, array(${pageOf(matches, asked)}) as ids`,
    );
  const steps = matches.hits === empty ? sql`with` : sql`${matches.hits},`;
  const { direction, beyond, end } = orderOf(asked);
  const after = asked.after ? sql`where id ${beyond} ${asked.after}` : empty;
  return db.one<SearchPage>(sql`${steps} matching as materialized (select tickets.id ${matches.from})
    select (select count(*) from matching) as count,
      array(select id from matching ${after} order by id ${direction} ${end}) as ids`);
}

/** Every hit is shown as far as the index knows; that is what is counted when nothing else is asked. */
const countOf = ({ wordsOnly, from }: Matches): Sql =>
  wordsOnly ? sql`select count(*) as count from hits` : sql`select count(*) as count ${from}`;

const orderOf = ({ ascending, limit, offset }: SearchTickets) => ({
  direction: ascending ? sql`asc` : sql`desc`,
  beyond: ascending ? sql`>` : sql`<`,
  end: sql`limit ${limit} offset ${offset ?? 0}`,
});

function pageOf(matches: Matches, asked: SearchTickets): Sql {
  const { direction, beyond, end } = orderOf(asked);
  const byId = asked.sort === undefined || asked.sort === 'id';
  if (matches.wordsOnly && byId) {
    const after = asked.after ? sql`where ticket_id ${beyond} ${asked.after}` : empty;
    // Sorted first, behind a fence, so that only the page's own tickets are asked whether they are still shown.
    return sql`select ticket_id as id
      from (select ticket_id from hits ${after} order by ticket_id ${direction} offset 0) as sorted
      where (select shown from searchable_tickets where id = ticket_id) order by ticket_id ${direction} ${end}`;
  }
  const after = asked.after ? sql`and tickets.id ${beyond} ${asked.after}` : empty;
  const order = byId || !asked.sort ? empty : sql`${sortColumns[asked.sort]} ${direction} nulls last,`;
  return sql`select tickets.id ${matches.from} ${after} order by ${order} tickets.id ${direction} ${end}`;
}
