import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { empty, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import type { StaffPrincipal } from '../../platform/http/principal.ts';
import { sendMessage, ticketCare } from '../tickets/index.ts';
import { indexTickets, parseQuery } from './index.ts';
import { searchPage } from './search-tickets.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

interface Found {
  ids: number[];
  count: number;
  nextCursor: string | null;
}

async function find(q: string, more = ''): Promise<Found> {
  const { status, body } = await cast.call(
    cast.ben,
    'GET',
    `/search?q=${encodeURIComponent(q)}&limit=2${more}`,
  );
  expect(status).toBe(200);
  const ids = body.items.map((item: { ticket: { id: number } }) => item.ticket.id);
  return { ids, count: body.count, nextCursor: body.nextCursor };
}

const open = (text: string, more: { subject?: string; language?: string; tags?: string[] } = {}) =>
  cast.open({ subject: 'Lamp', ...more, message: { author: 'customer', authorId: cast.mia, text } });

const say = (ticketId: number, text: string, isPublic: boolean) =>
  cast.desk.run(cast.as(cast.ben), (cx) =>
    sendMessage(cx, { ticketId, author: 'agent', authorId: cast.ben, public: isPublic, message: { text } }),
  );

/** Changes whenever the row is written again. */
async function versionOf(ticketId: number): Promise<string> {
  const { version } = await cast.desk.db.one<{ version: string }>(
    sql`select xmin::text || ctid::text as version from search_documents where ticket_id = ${ticketId}`,
  );
  return version;
}

it('writes a row again only when its words or its being shown have changed', async () => {
  const id = await open('The bulb flickers');
  await cast.desk.settle();
  const before = await versionOf(id);
  await cast.desk.db.transaction([sql`begin`], (tx) => indexTickets(tx, [id]));
  expect(await versionOf(id)).toBe(before);
  await say(id, 'Turn the socket', true);
  await cast.desk.settle();
  const told = await versionOf(id);
  expect(told).not.toBe(before);
  await cast.desk.run(cast.as(cast.ben), (cx) => ticketCare.deleteTicket(cx, { ticketId: id }));
  await cast.desk.settle();
  expect(await versionOf(id)).not.toBe(told);
});

it('finds what is spread over messages, and takes a whole ticket out for a word on any of them', async () => {
  const [one, two] = [await open('A walnut table'), await open('A walnut table')];
  await say(two, 'Scratched by the carrier', false);
  await cast.desk.settle();
  expect((await find('walnut carrier')).ids).toEqual([two]);
  expect((await find('walnut -carrier')).ids).toEqual([one]);
  expect((await find('"table scratched"')).ids).toEqual([]);
});

it('forgets what is redacted, with the names of its files', async () => {
  const id = await open('Fine');
  const upload = await cast.desk.http().then(({ app }) =>
    app.inject({
      method: 'POST',
      url: '/api/desk/v1/uploads?filename=zirconium-plan.txt',
      headers: { ...cast.headersOf(cast.ben), 'content-type': 'text/plain' },
      payload: 'x',
    }),
  );
  expect(upload.statusCode).toBe(201);
  const sent = await cast.call(cast.ben, 'POST', `/tickets/${id}/messages`, {
    text: 'A drawing of the chandelier',
    attachments: [upload.json().key],
  });
  expect(sent.status).toBe(201);
  await cast.desk.settle();
  expect((await find('zirconium')).ids).toEqual([id]);
  expect((await find('chandelier')).ids).toEqual([id]);
  const { body } = await cast.call(cast.ben, 'GET', `/tickets/${id}`);
  const message = body.messages.find((one: { text: string }) => one.text.includes('chandelier'));
  await cast.desk.run(cast.as(cast.ada), (cx) => ticketCare.redactMessage(cx, { messageId: message.id }));
  await cast.desk.settle();
  expect([(await find('zirconium')).ids, (await find('chandelier')).ids]).toEqual([[], []]);
});

it('finds an accented word by another of its forms', async () => {
  const id = await open('Hay señales extrañas', { language: 'es' });
  await cast.desk.settle();
  expect((await find('señal')).ids).toEqual([id]);
});

it('pages and counts by words, by a number, with and without fields', async () => {
  const ids = [];
  for (const n of [1, 2, 3, 4, 5])
    ids.push(await open(`Marzipan ${n}`, n % 2 === 0 ? { tags: ['even'] } : {}));
  await cast.desk.settle();
  for (const [q, wanted] of [
    ['marzipan', ids],
    ['marzipan -tag:even', ids.filter((_, n) => n % 2 === 0)],
  ] as const) {
    const read: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Found = await find(q, cursor && `&cursor=${cursor}`);
      expect(page.count).toBe(wanted.length);
      read.push(...page.ids);
      cursor = page.nextCursor;
    }
    expect(read).toEqual(wanted.toReversed());
  }
  expect(await find(String(ids[1]))).toMatchObject({ ids: expect.arrayContaining([ids[1]]) });
});

it('never shows what was deleted a moment ago, though the index does not know it yet', async () => {
  const [kept, gone] = [await open('Saffron'), await open('Saffron')];
  await cast.desk.settle();
  await cast.desk.run(cast.as(cast.ben), (cx) => ticketCare.deleteTicket(cx, { ticketId: gone }));
  expect((await find('saffron')).ids).toEqual([kept]);
});

/** How the database answers the question for one ticket of a page. */
async function planOf(q: string): Promise<string> {
  const { db } = cast.desk;
  let asked: Sql = empty;
  const listening: Queryable = {
    ...db,
    one: (query) => {
      asked = query;
      return db.one(query);
    },
  };
  const question = { query: parseQuery(q), principal: asker(), now: new Date(), limit: 1 };
  expect((await searchPage(listening, question)).ids).toHaveLength(1);
  const lines = await db.all<{ 'QUERY PLAN': string }>(sql`explain ${asked}`);
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}

const asker = (): StaffPrincipal => ({
  kind: 'staff',
  id: cast.ben,
  role: 'agent',
  teamIds: [],
  ticketScope: 'all',
  locale: 'en',
  via: 'token',
  scopes: ['read'],
  credentialId: 'test',
});

it('reads words from the index, once, however frequent they are and however few tickets a page needs', async () => {
  const { desk } = cast;
  await desk.db.write(sql`insert into tickets (subject, status, requester_id, channel, created_at, updated_at)
    select 'n', 'open', ${cast.mia}::bigint, 'email', now(), now() from generate_series(1, 3000)`);
  await desk.db.write(sql`insert into search_documents (ticket_id, words, listed)
    select id, array_to_tsvector(array(select 'c' || n from generate_series(1, 110) as n) || ('w' || id)), true
    from tickets where subject = 'n'`);
  await desk.db.write(sql`select gin_clean_pending_list('search_documents_words')`);
  await desk.db.write(sql`analyze search_documents, tickets`);
  const { id } = await desk.db.one<{ id: number }>(
    sql`select min(id) + 100 as id from tickets where subject = 'n'`,
  );
  for (const q of [`w${id}`, `w${id} status:open`, 'c1', 'c1 status:open']) {
    const plan = await planOf(q);
    expect(plan).toContain('CTE hits');
    expect(plan).toContain('Bitmap Index Scan on search_documents_words');
    expect(plan).not.toMatch(/search_documents_pkey|Seq Scan on search_documents/);
  }
});
