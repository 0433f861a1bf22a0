import { type Queryable, sql } from '../../platform/db/database.ts';
import type { Highlighter, Snippet } from './highlight.ts';

export interface FoundSnippet extends Snippet {
  messageId: number | null;
}

export interface SaidText {
  ticketId: number;
  messageId: number;
  text: string;
}

const mostSnippets = 3;

/** What is said on these tickets and on the ones merged into them, the newest first, as far as it is searched for snippets. */
export function listSaidTexts(db: Queryable, ticketIds: number[]): Promise<SaidText[]> {
  return db.all<SaidText>(sql`
    with recursive family (root, id) as (
      select id, id from unnest(${ticketIds}::bigint[]) as wanted (id)
      union select family.root, tickets.id from family join searchable_tickets as tickets on tickets.merged_into = family.id
    )
    select family.root as "ticketId", messages.id as "messageId", left(text, 50000) as text
    from family join searchable_messages as messages on messages.ticket_id = family.id
    order by messages.created_at desc, messages.id desc`);
}

/** Where the words of a question stand in a ticket: subject first, then its texts in their order. */
export function findSnippets(subject: string, texts: SaidText[], highlight: Highlighter): FoundSnippet[] {
  const found: FoundSnippet[] = [];
  for (const { messageId, text } of [{ messageId: null, text: subject }, ...texts]) {
    const snippet = highlight(text);
    if (snippet) found.push({ messageId, ...snippet });
    if (found.length === mostSnippets) break;
  }
  return found;
}
