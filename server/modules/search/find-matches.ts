import { empty, join, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { readSetting } from '../../platform/settings.ts';
import { deskSettings } from '../auth/index.ts';
import { sightCondition } from '../tickets/index.ts';
import { askForDays, filterConditions, readId } from './filter-condition.ts';
import type { ParsedQuery } from './parse-query.ts';
import { readStems } from './query-stems.ts';
import { textQuery } from './text-query.ts';

export interface Asked {
  query: ParsedQuery;
  principal: Principal;
  now: Date;
}

/** What a question matches, as pieces of one statement. */
export interface Matches {
  /** `with …`, the tickets whose words match, read once however often the statement names them; or nothing. */
  hits: Sql;
  /** `from …`: the tickets that match and may be seen. */
  from: Sql;
  /** Nothing is asked but words, and the asker sees everything: then the hits are the answer. */
  wordsOnly: boolean;
}

export async function findMatches(db: Queryable, { query, principal, now }: Asked): Promise<Matches> {
  const words = textQuery(query.texts, await readStems(db, query));
  const sight = sightCondition(principal);
  const timeZone = askForDays(query.filters) ? await readSetting(db, deskSettings.timeZone) : 'UTC';
  const conditions = [sql`tickets.shown`, ...filterConditions(query.filters, { principal, now, timeZone })];
  if (sight) conditions.push(sql`(${sight})`);
  const where = sql`where ${join(conditions, ' and ')}`;
  if (!words)
    return { hits: empty, from: sql`from searchable_tickets as tickets ${where}`, wordsOnly: false };
  return {
    hits: hitsOf(words, numberOf(query)),
    from: sql`from hits join searchable_tickets as tickets on tickets.id = hits.ticket_id ${where}`,
    wordsOnly: query.filters.length === 0 && sight === null,
  };
}

/**
 * The words are read from the index, always. Left to choose, the planner would rather walk down all tickets from the
 * newest and compare each one's words until the page is full, which for a rare word is nearly all of them. So the hits
 * are a step of their own, and the question is hidden in a subselect: its words' frequency must not tempt it either.
 */
const hitsOf = (words: string, number: number | null): Sql => sql`with hits as materialized (
  select ticket_id from search_documents
  where (words @@ (select ${words}::tsquery) ${number ? sql`or ticket_id = ${number}` : empty}) and listed)`;

/** A question that is nothing but a number also asks for the ticket of that number. */
function numberOf(query: ParsedQuery): number | null {
  const [only, ...others] = query.texts;
  if (!only || only.negated || others.length > 0 || only.tokens.length !== 1) return null;
  return readId(only.tokens[0]?.lexeme ?? '');
}
