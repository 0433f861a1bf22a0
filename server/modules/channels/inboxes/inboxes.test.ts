import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../../test/desk.ts';
import { sql } from '../../../platform/db/database.ts';
import { system } from '../../../platform/events/event-map.ts';
import { listEventsAfter } from '../../../platform/events/read-events.ts';
import { access } from '../../auth/index.ts';
import { createStaff } from '../../staff/index.ts';

let desk: TestDesk;
const admin = 'admin-token-of-these-tests';
const agent = 'agent-token-of-these-tests';

beforeAll(async () => {
  desk = await openTestDesk({
    env: {
      FIRSTLINE_ADMIN_EMAIL: 'root@desk.example',
      FIRSTLINE_ADMIN_PASSWORD: 'correct horse battery',
      FIRSTLINE_API_TOKEN: admin,
      FIRSTLINE_INBOX_ADDRESS: 'Help@Desk.example',
    },
  });
  await desk.run(system, async (cx) => {
    const { staffId } = await createStaff(cx, { name: 'Anna', email: 'anna@desk.example', role: 'agent' });
    await access.createApiToken(cx, { staffId, name: 't', scopes: ['read', 'write'], token: agent });
  });
});
afterAll(() => desk.close());

async function call(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  token: string | null = admin,
  of = 'inboxes',
) {
  const { app } = await desk.http();
  return app.inject({
    method,
    url: `/api/desk/v1/${of}${url}`,
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    ...(payload ? { payload } : {}),
  });
}

it('starts with the inbox the set-up named', async () => {
  const list = (await call('GET', '')).json();
  expect(list.items).toHaveLength(1);
  expect(list.items[0]).toMatchObject({
    name: 'Support',
    addresses: ['help@desk.example'],
    acknowledge: true,
    active: true,
  });
});

it('is made and changed by admins, and read by staff', async () => {
  const made = await call('POST', '', {
    name: 'Sales',
    addresses: ['sales@desk.example', 'Buy@desk.example'],
  });
  expect(made.statusCode).toBe(201);
  const { id, version } = made.json();
  expect(made.json().addresses).toEqual(['sales@desk.example', 'buy@desk.example']);
  const changed = await call('PATCH', `/${id}`, {
    version,
    signature: 'Your team',
    addresses: ['buy@desk.example'],
  });
  expect(changed.json()).toMatchObject({
    signature: 'Your team',
    addresses: ['buy@desk.example'],
    version: version + 1,
  });
  expect((await call('PATCH', `/${id}`, { version, name: 'x' })).statusCode).toBe(409);
  expect((await call('GET', `/${id}`, undefined, agent)).statusCode).toBe(200);
  expect((await call('POST', '', { name: 'x', addresses: ['x@y.z'] }, agent)).statusCode).toBe(403);
  expect((await call('GET', '', undefined, null)).statusCode).toBe(401);
  expect((await call('GET', '/999999')).statusCode).toBe(404);
  expect((await call('POST', '', { name: 'x', addresses: ['not an address'] })).statusCode).toBe(422);
  expect((await call('POST', '', { name: 'x', addresses: ['help@desk.example'] })).statusCode).toBe(422);
  expect((await call('POST', '', { name: 'x', addresses: ['n@desk.example'], id: 5 })).statusCode).toBe(422);
  await desk.settle();
  const types = (await listEventsAfter(desk.db, 0, 1000))
    .map((event) => event.type)
    .filter((type) => type.startsWith('inbox.'));
  expect(types).toEqual(['inbox.created', 'inbox.created', 'inbox.changed']);
});

it('keeps the hours that it goes by from being deleted', async () => {
  const made = await call(
    'POST',
    '',
    { name: 'Day', definition: { tz: 'UTC', hours: {} } },
    admin,
    'schedules',
  );
  const { id: scheduleId } = made.json();
  const inboxes = [];
  for (const name of ['Repairs', 'Bookings']) {
    const addresses = [`${name}@desk.example`];
    inboxes.push(
      (await call('POST', '', { name, addresses, scheduleId, active: name === 'Repairs' })).json(),
    );
  }
  const drop = () => call('DELETE', `/${scheduleId}`, undefined, admin, 'schedules');
  const refused = await drop();
  expect(refused.statusCode).toBe(409);
  expect(refused.json().error).toEqual({
    code: 'schedule_in_use',
    message: 'These hours are used by: Bookings, Repairs. Give them other hours first.',
    details: { inboxes: ['Bookings', 'Repairs'] },
  });
  expect((await call('GET', `/${scheduleId}`, undefined, admin, 'schedules')).statusCode).toBe(200);
  for (const { id } of inboxes) await call('PATCH', `/${id}`, { scheduleId: null });
  expect((await drop()).statusCode).toBe(204);
  const again = await call('PATCH', `/${inboxes[0].id}`, { scheduleId });
  expect([again.statusCode, again.json().error.fields]).toEqual([
    422,
    { scheduleId: 'there are no such hours' },
  ]);
  const { deleted } = await desk.db.one<{ deleted: number }>(
    sql`select count(*) as deleted from events where type = 'schedule.deleted'`,
  );
  expect(deleted).toBe(1);
});
