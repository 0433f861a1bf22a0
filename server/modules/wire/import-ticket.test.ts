import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPeopledDesk, type PeopledDesk } from '../../../test/cast/people.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import { access } from '../auth/index.ts';
import { createInbox } from '../channels/index.ts';

let desk: PeopledDesk;
let authorization: string;
beforeAll(async () => {
  desk = await openPeopledDesk();
  const staffId = desk.people.admin.id;
  const { token } = await desk.run(system, async (cx) => {
    await createInbox(cx, { name: 'Help', addresses: ['help@lantern.example'] });
    return access.createApiToken(cx, { staffId, name: 'import', scopes: ['read', 'write', 'admin'] });
  });
  authorization = `Bearer ${token}`;
});
afterAll(() => desk.close());

async function send(path: string, ticket: object) {
  const { app } = await desk.http();
  const answer = await app.inject({
    method: 'POST',
    url: `/api/v2${path}`,
    headers: { authorization },
    payload: { ticket },
  });
  return { status: answer.statusCode, id: Number(answer.json().ticket?.id) };
}

const requester = { name: 'Vera Lis', email: 'vera@harbour.example' };
const mailsOf = (ticketId: number) =>
  desk.db.all(sql`select id from outgoing_mails where ticket_id = ${ticketId}`);

it('an imported reply is never mailed, however young it is; one that is written is', async () => {
  const now = desk.clock.fixed() as Date;
  const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
  const author_id = desk.people.admin.id;
  const imported = await send('/imports/tickets', {
    subject: 'Old lamp',
    requester,
    status: 'open',
    created_at: secondsAgo(40),
    comments: [
      { value: 'It broke', created_at: secondsAgo(40) },
      { value: 'A new one is on its way', author_id, created_at: secondsAgo(5) },
    ],
  });
  const written = await send('/tickets', {
    subject: 'Your lamp',
    requester,
    comment: { body: 'It is here' },
  });
  expect([imported.status, written.status]).toEqual([201, 201]);
  expect(await mailsOf(imported.id)).toEqual([]);
  expect(await mailsOf(written.id)).toHaveLength(1);
});

it('its events are in the log at their times, in one command, and nothing reacted to them', async () => {
  const { id } = await send('/imports/tickets', {
    subject: 'Older lamp',
    requester,
    status: 'solved',
    created_at: '2025-05-01T10:00:00Z',
    solved_at: '2025-05-03T10:00:00Z',
    comments: [{ value: 'It broke', created_at: '2025-05-01T10:00:00Z' }],
  });
  const events = await desk.db.all<{ type: string; at: Date; caused_by: number | null }>(
    sql`select type, at, caused_by from events where ticket_id = ${id} order by ticket_seq`,
  );
  expect(events.map(({ type, at }) => `${type} ${at.toISOString().slice(0, 10)}`)).toEqual([
    'ticket.opened 2025-05-01',
    'message.received 2025-05-01',
    'ticket.status_changed 2025-05-03',
  ]);
  expect(events.every(({ caused_by }) => caused_by === null)).toBe(true);
});
