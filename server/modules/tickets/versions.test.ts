import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import { findOrCreateCustomer, mergeCustomers } from '../customers/index.ts';
import { changeTicket } from './change-ticket.ts';
import { getTicketRow } from './queries.ts';
import { receiveMessage } from './receive-message.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const path = (id: number, noun = '') => `/tickets/${id}${noun}`;
const patch = (id: number, body: object, who = cast.ben) => cast.call(who, 'PATCH', path(id), body);
const versionOf = async (id: number) => (await getTicketRow(cast.desk.db, id)).version;
const writeAs = (customerId: number, ticketId: number) =>
  cast.desk.run(cast.as(customerId), (cx) =>
    receiveMessage(cx, { ticketId, customerId, channel: 'email', message: { text: 'Hello?' } }),
  );
const typesIn = (answer: { body: { error: { details: { changes: { type: string }[] } } } }) =>
  answer.body.error.details.changes.map(({ type }) => type);

/** Something that happens to a ticket and that nobody could overwrite: a promise that is nearly due. */
const warn = (ticketId: number) =>
  cast.desk.run(system, async (cx) => {
    cx.record('ticket.handed_off', ticketId, {});
  });

it('shows the other’s change, whatever the log tells of the ticket besides', async () => {
  const id = await cast.open();
  await patch(id, { priority: 'urgent' });
  for (let n = 0; n < 3; n++) await warn(id);
  const refused = await patch(id, { version: 1, priority: 'low' }, cast.ada);
  expect(refused.status).toBe(409);
  expect(refused.body.error.details.changes).toMatchObject([
    { type: 'ticket.priority_changed', actorName: 'Ben', data: { from: null, to: 'urgent' } },
  ]);
});

it('shows all that was changed since, and nothing that the writer had seen', async () => {
  const id = await cast.open();
  await patch(id, { priority: 'high' });
  await writeAs(cast.mia, id);
  await patch(id, { tier: 2 });
  await cast.desk.run(cast.as(cast.ben), async (cx) => {
    await changeTicket(cx, { ticketId: id, change: { type: 'task' } });
    await changeTicket(cx, { ticketId: id, change: { language: 'be' } });
  });
  expect(typesIn(await patch(id, { version: 2, tier: 1 }))).toEqual([
    'message.received',
    'ticket.tier_changed',
    'ticket.type_changed',
    'ticket.language_changed',
  ]);
  expect(typesIn(await patch(id, { version: 99, tier: 1 }))).toEqual([]);
});

it('refuses a version of the ticket that was named, not of the one it lives on', async () => {
  const [from, into] = [await cast.open(), await cast.open()];
  await patch(into, { priority: 'low' });
  expect((await cast.call(cast.ada, 'POST', path(from, '/merge'), { into })).status).toBe(200);
  await patch(into, { tier: 1 });
  expect(await versionOf(from)).toBe(2);
  const refused = await patch(from, { version: 1, tier: 3 });
  expect([refused.status, refused.body.error.details.ticket.mergedInto]).toEqual([409, into]);
  expect(typesIn(refused)).toEqual(['ticket.merged']);
});

it('takes a version with every act, and refuses a stale one without doing it', async () => {
  const acts: [method: string, noun: string, body?: object][] = [
    ['DELETE', '?version=1'],
    ['PUT', '/spam?version=1'],
    ['PUT', '/assignment', { assigneeId: cast.ada, version: 1 }],
    ['POST', '/merge', { into: await cast.open(), version: 1 }],
    ['POST', '/messages', { text: 'Done.', status: 'solved', version: 1 }],
    ['PATCH', '', { addTags: ['late'], version: 1 }],
  ];
  for (const [method, noun, body] of acts) {
    const id = await cast.open();
    await patch(id, { status: 'pending' });
    const before = await cast.eventsOf(id);
    const refused = await cast.call(cast.ada, method, path(id, noun), body);
    expect([noun, refused.status]).toEqual([noun, 409]);
    expect(refused.body.error.details.changes).toMatchObject([{ type: 'ticket.status_changed' }]);
    expect(await cast.eventsOf(id)).toEqual(before);
    const again = JSON.parse(JSON.stringify(body ?? null)?.replace('"version":1', '"version":2') ?? 'null');
    const done = await cast.call(cast.ada, method, path(id, noun.replace('=1', '=2')), again ?? undefined);
    expect([noun, done.status < 300]).toEqual([noun, true]);
  }
});

it('every change has an event, and every event of a change a version', async () => {
  const id = await cast.open();
  await patch(id, { externalId: 'X-7' });
  expect((await cast.eventsOf(id)).at(-1)).toBe('ticket.external_id_changed');
  const { count } = await cast.desk.db.one<{ count: number }>(sql`
    select cardinality(version_by) as count from tickets where id = ${id}`);
  expect(count).toBe((await versionOf(id)) - 1);
});

it('a copy that passes to another customer changes the ticket, and says so', async () => {
  const id = await cast.open({ ccs: [cast.noah] });
  const { customerId: twin } = await cast.desk.run(cast.as(cast.ada), (cx) =>
    findOrCreateCustomer(cx, { kind: 'email', value: 'twin@example.org' }),
  );
  await cast.desk.run(cast.as(cast.ada), (cx) => mergeCustomers(cx, { from: cast.noah, into: twin }));
  expect(await getTicketRow(cast.desk.db, id)).toMatchObject({ ccIds: [twin], version: 2 });
  expect((await cast.eventsOf(id)).at(-1)).toBe('ticket.cc_changed');
});
