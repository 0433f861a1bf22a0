import { type Queryable, sql } from '../../platform/db/database.ts';
import type { RecordedEvent } from '../../platform/events/event-map.ts';
import type { Consumer } from '../../platform/events/follow-events.ts';
import { type Failures, reckonApart, writeApart } from '../../platform/events/spare-others.ts';
import { type ReadTexts, readTexts, writeDocument } from './build-document.ts';
import { stemWords, type WordStems } from './stem-words.ts';

/** What can change a ticket's words or whether it is shown. */
const telling = new Set<string>([
  'ticket.opened',
  'message.received',
  'message.sent',
  'note.added',
  'message.redacted',
  'ticket.subject_changed',
  'ticket.language_changed',
  'ticket.requester_changed',
  'ticket.merged',
  'ticket.unmerged',
  'ticket.absorbed',
  'ticket.marked_spam',
  'ticket.unmarked_spam',
  'ticket.deleted',
  'ticket.restored',
]);

export const searchConsumer: Consumer = {
  name: 'search',
  batch: 200,
  // Nobody looks for what was written a moment ago; whoever writes now goes first.
  restMilliseconds: 3000,
  async consume(tx, events, again) {
    const ids = new Set([...again, ...events.flatMap(touchedTickets)]);
    const people = new Set(events.flatMap(touchedCustomers));
    if (people.size > 0) for (const id of await listTicketsOf(tx, [...people])) ids.add(id);
    const all = [...ids];
    const failed: Failures<number> = new Map();
    for (let at = 0; at < all.length; at += batchSize) {
      for (const [id, error] of await indexTickets(tx, all.slice(at, at + batchSize))) failed.set(id, error);
    }
    return { tickets: all, failed };
  },
};

const batchSize = 200;

/** Whose name or addresses changed. */
function touchedCustomers(event: RecordedEvent): number[] {
  if (!/^customer\.(changed|deleted|identity_added|identity_removed)$/.test(event.type)) return [];
  const { customerId, fields } = (event.data ?? {}) as { customerId?: number; fields?: string[] };
  if (customerId === undefined) return [];
  return event.type === 'customer.changed' && !fields?.includes('name') ? [] : [customerId];
}

async function listTicketsOf(tx: Queryable, customerIds: number[]): Promise<number[]> {
  const rows = await tx.all<{ id: number }>(
    sql`select id from searchable_tickets where requester_id = any(${customerIds}::bigint[])`,
  );
  return rows.map((row) => row.id);
}

function touchedTickets(event: RecordedEvent): number[] {
  if (event.ticketId === null || !telling.has(event.type)) return [];
  const data = (event.data ?? {}) as { into?: number; from?: number };
  if (event.type === 'ticket.merged') return [event.ticketId, data.into ?? event.ticketId];
  return event.type === 'ticket.unmerged' ? [event.ticketId, data.from ?? event.ticketId] : [event.ticketId];
}

interface Source {
  id: number;
  subject: string;
  language: string | null;
  listed: boolean;
  requester: string;
  texts: string[];
  files: string[];
}

/**
 * Reads the tickets as they are now and replaces their rows: safe to do again at any time. Answers those whose words
 * could not be kept, which are found by the ones they had.
 */
export async function indexTickets(tx: Queryable, ids: number[]): Promise<Failures<number>> {
  const sources = await readSources(tx, ids);
  const { done, failed } = reckonApart(sources, (source) =>
    readTexts([source.subject, source.requester, ...source.texts, ...source.files], source.language),
  );
  const refused = await writeApart(tx, [...done], (some) => writeDocuments(tx, some));
  return new Map([
    ...[...failed].map(([{ id }, error]) => [id, error] as const),
    ...[...refused].map(([[{ id }], error]) => [id, error] as const),
  ]);
}

async function writeDocuments(tx: Queryable, read: readonly (readonly [Source, ReadTexts])[]): Promise<void> {
  const stems = await readStems(
    tx,
    read.map(([, texts]) => texts),
  );
  const documents = read.map(([, texts]) => writeDocument(texts, stems.get(texts.dictionary) ?? new Map()));
  // A row written again costs an entry of the index for each of its words, even when none has changed.
  await tx.write(sql`
    insert into search_documents as known (ticket_id, words, listed)
    select id, literal::tsvector, listed
    from unnest(${read.map(([{ id }]) => id)}::bigint[], ${documents}::text[],
      ${read.map(([{ listed }]) => listed)}::boolean[]) as row (id, literal, listed)
    on conflict (ticket_id) do update set words = excluded.words, listed = excluded.listed
    where known.words <> excluded.words or known.listed <> excluded.listed`);
}

/** By dictionary, for the words of all tickets of the batch. */
async function readStems(tx: Queryable, found: ReadTexts[]): Promise<Map<string, WordStems>> {
  const dictionaries = [...new Set(found.map(({ dictionary }) => dictionary))];
  return new Map(
    await Promise.all(
      dictionaries.map(async (dictionary): Promise<[string, WordStems]> => {
        const words = found.flatMap((texts) => (texts.dictionary === dictionary ? texts.words : []));
        return [dictionary, await stemWords(tx, dictionary, words)];
      }),
    ),
  );
}

/**
 * The tickets and what is said on them, on the ones merged into them too; what was merged away is told by its living
 * ticket. The fences (`offset 0`) have each row looked up by its index, whatever the server believes of the tables: of
 * a young desk's it knows nothing, and read all messages for each ticket.
 */
async function readSources(tx: Queryable, ids: number[]): Promise<Source[]> {
  return tx.all<Source>(sql`
    with recursive up (id, parent) as (
      select id, merged_into from searchable_tickets where id = any(${ids}::bigint[])
      union select tickets.id, tickets.merged_into from up join searchable_tickets as tickets on tickets.id = up.parent
    ), family (root, id) as (
      select id, id from up
      union select family.root, tickets.id from family join searchable_tickets as tickets on tickets.merged_into = family.id
    )
    select ticket.*, customer.name || coalesce((select string_agg(' ' || value, '' order by id)
        from searchable_addresses where customer_id = ticket.requester_id), '') as requester,
      array(select said.text from family cross join lateral (
          select id, created_at, text || coalesce(E'\\n' || signature, '') as text
          from searchable_messages
          where ticket_id = family.id offset 0) as said
        where family.root = ticket.id order by said.created_at, said.id) as texts,
      array(select file.file_name from family cross join lateral (
          select id, file_name from searchable_files where ticket_id = family.id offset 0) as file
        where family.root = ticket.id order by file.id) as files
    from (select distinct id from up) as wanted
    cross join lateral (select id, subject, language, shown as listed, requester_id
      from searchable_tickets where id = wanted.id offset 0) as ticket
    cross join lateral (select name from searchable_customers where id = ticket.requester_id offset 0) as customer`);
}
