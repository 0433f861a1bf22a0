import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import { closeSolved } from './close-solved.ts';
import type { OpenTicket } from './open-ticket.ts';
import { getTicketRow } from './queries.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
  await cast.call(cast.ada, 'POST', '/ticket-fields', { key: 'order', title: 'Order', kind: 'integer' });
});
afterAll(() => cast.desk.close());

async function openClosed(more: Partial<OpenTicket> = {}): Promise<number> {
  const id = await cast.open({ tags: ['fire'], fields: { order: 7 }, ccs: [cast.noah], ...more });
  await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { status: 'solved' });
  const { solvedAt } = await getTicketRow(cast.desk.db, id);
  await cast.desk.run(system, (cx) => closeSolved(cx, { ticketId: id, solvedAt: solvedAt as Date }));
  return id;
}
const follow = (who: number, followUpOf: number, more: object = {}) =>
  cast.call(who, 'POST', '/tickets', {
    subject: 'It burns again',
    requester: { id: cast.mia },
    message: { text: 'Again', author: 'customer' },
    followUpOf,
    ...more,
  });

it('a follow-up brings tags, fields and people along, and both tickets tell of each other', async () => {
  const old = await openClosed();
  const { status, body } = await follow(cast.ben, old);
  expect(status).toBe(201);
  expect(await getTicketRow(cast.desk.db, body.id)).toMatchObject({
    followUpOf: old,
    tags: ['fire'],
    fields: { order: 7 },
    ccIds: [cast.noah],
    status: 'new',
  });
  expect((await cast.call(cast.ada, 'GET', `/tickets/${old}`)).body.followUps).toEqual([body.id]);
  expect((await cast.eventsOf(old)).at(-1)).toBe('ticket.followed_up');
});

it('what it is told itself counts, and a stranger brings nobody along', async () => {
  const old = await openClosed();
  const own = await follow(cast.ben, old, { tags: [], fields: { order: 8 } });
  expect(await getTicketRow(cast.desk.db, own.body.id)).toMatchObject({ tags: [], fields: { order: 8 } });
  const copied = await follow(cast.ben, old, { requester: { id: cast.noah } });
  expect((await getTicketRow(cast.desk.db, copied.body.id)).ccIds).toEqual([cast.mia]);
  const stranger = await follow(cast.ben, old, { requester: { email: 'zed@example.org' } });
  expect((await getTicketRow(cast.desk.db, stranger.body.id)).ccIds).toEqual([]);
});

it('a customer follows a ticket of theirs up', async () => {
  const old = await openClosed();
  const { status, body } = await follow(cast.mia, old);
  expect([status, body.followUpOf]).toEqual([201, old]);
});

it('refuses to follow what can be written on, and what the asker may not see', async () => {
  const open = await cast.open();
  const refused = await follow(cast.ben, open);
  expect([refused.status, refused.body.error.fields.followUpOf]).toEqual([
    422,
    'this ticket is not closed: write on it instead',
  ]);
  const foreign = await openClosed({ requesterId: cast.noah, ccs: [], teamId: cast.support });
  for (const [who, id] of [
    [cast.cleo, foreign],
    [cast.mia, foreign],
    [cast.ben, 999_999],
  ] as const) {
    expect((await follow(who, id)).status).toBe(422);
  }
  const { count } = await cast.desk.db.one<{ count: number }>(sql`
    select count(*) as count from tickets where follow_up_of in (${open}, ${foreign})`);
  expect(count).toBe(0);
});
