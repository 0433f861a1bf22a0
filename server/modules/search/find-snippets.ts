import { type Queryable, sql } from '../../platform/db/database.ts';
import { highlight, type Snippet } from './highlight.ts';
import type { ParsedQuery } from './parse-query.ts';
import type { Stems } from './text-query.ts';

export interface FoundSnippet extends Snippet {
  messageId: number | null;
}

const mostSnippets = 3;

/** Where the words of a question stand in these tickets: subject first, then the newest messages. */
export async function findSnippets(
  db: Queryable,
  tickets: { id: number; subject: string }[],
  query: ParsedQuery,
  stems: Stems,
): Promise<Map<number, FoundSnippet[]>> {
  const found = new Map<number, FoundSnippet[]>(tickets.map(({ id }) => [id, []]));
  if (query.texts.every((text) => text.negated)) return found;
  const add = (id: number, messageId: number | null, text: string) => {
    const list = found.get(id);
    if (!list || list.length >= mostSnippets) return;
    const snippet = highlight(text, query, stems);
    if (snippet) list.push({ messageId, ...snippet });
  };
  for (const { id, subject } of tickets) add(id, null, subject);
  const messages = await db.all<{ ticketId: number; id: number; text: string }>(sql`
    with recursive family (root, id) as (
      select id, id from unnest(${tickets.map(({ id }) => id)}::bigint[]) as wanted (id)
      union select family.root, tickets.id from family join tickets on tickets.merged_into = family.id
    )
    select family.root as "ticketId", messages.id, left(text, 50000) as text
    from family join messages on messages.ticket_id = family.id
    where redacted_at is null order by messages.created_at desc, messages.id desc`);
  for (const { ticketId, id, text } of messages) add(ticketId, id, text);
  return found;
}
