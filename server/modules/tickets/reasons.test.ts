import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { receiveMessage } from './receive-message.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

interface Told {
  type: string;
  actorName: string;
  reason: string | null;
  data: { cause?: string };
}
const timelineOf = async (id: number): Promise<Told[]> =>
  (await cast.call(cast.ada, 'GET', `/tickets/${id}/timeline`)).body.items;
const causesOf = async (id: number) =>
  (await timelineOf(id)).flatMap(({ type, data }) => (data.cause ? [[type, data.cause]] : []));

it('every act takes a reason, and the timeline tells it with who and when', async () => {
  const into = await cast.open();
  const acts: [method: string, noun: string, body?: object][] = [
    ['PATCH', '', { priority: 'high', reason: 'It burns' }],
    ['PUT', '/assignment', { assigneeId: cast.ada, reason: 'It burns' }],
    ['PUT', '/spam?reason=It%20burns'],
    ['DELETE', '/spam?reason=It%20burns'],
    ['DELETE', '?reason=It%20burns'],
    ['PUT', '/restoration?reason=It%20burns'],
    ['POST', '/merge', { into, reason: 'It burns' }],
    ['DELETE', '/merge?reason=It%20burns'],
  ];
  const id = await cast.open();
  for (const [method, noun, body] of acts) {
    const { status } = await cast.call(cast.ben, method, `/tickets/${id}${noun}`, body);
    expect([method, noun, status < 300]).toEqual([method, noun, true]);
  }
  const told = (await timelineOf(id)).slice(2);
  expect(told.map(({ type }) => type)).toEqual([
    'ticket.priority_changed',
    'ticket.assigned',
    'ticket.marked_spam',
    'ticket.unmarked_spam',
    'ticket.deleted',
    'ticket.restored',
    'ticket.merged',
    'ticket.unmerged',
  ]);
  for (const { actorName, reason } of told) expect([actorName, reason]).toEqual(['Ben', 'It burns']);
  expect((await timelineOf(into)).map(({ reason }) => reason)).toContain('It burns');
});

it('a redaction tells why, and the log holds no words', async () => {
  const id = await cast.open();
  const { messages } = (await cast.call(cast.ada, 'GET', `/tickets/${id}`)).body;
  await cast.call(cast.ada, 'DELETE', `/messages/${messages[0].id}/content?reason=A%20card%20number`);
  expect((await timelineOf(id)).at(-1)).toMatchObject({ type: 'message.redacted', reason: 'A card number' });
  const { held } = await cast.desk.db.one<{ held: number }>(sql`
    select count(*) as held from events where data::text like '%card number%'`);
  expect(held).toBe(0);
});

it('what nobody asked for as such names its cause', async () => {
  const id = await cast.open({ teamId: cast.support, ccs: [cast.noah] });
  await cast.call(cast.ben, 'POST', `/tickets/${id}/messages`, { text: 'Water.' });
  await cast.call(cast.ben, 'POST', `/tickets/${id}/messages`, {
    text: 'Look',
    public: false,
    mentions: [cast.ada],
  });
  await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { teamId: cast.billing });
  await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { status: 'solved' });
  await cast.desk.run(cast.as(cast.mia), (cx) =>
    receiveMessage(cx, { ticketId: id, customerId: cast.mia, channel: 'email', message: { text: 'Still' } }),
  );
  await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { status: 'solved' });
  cast.desk.clock.advance(14 * 86_400 + 1);
  await cast.desk.settle();
  expect(await causesOf(id)).toEqual([
    ['ticket.status_changed', 'replied'],
    ['ticket.assigned', 'replied'],
    ['ticket.followers_changed', 'mentioned'],
    ['ticket.assigned', 'not_in_team'],
    ['ticket.status_changed', 'customer_wrote'],
    ['ticket.status_changed', 'closing_time'],
  ]);
});
