import { afterEach, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { sql } from '../../platform/db/database.ts';
import { authModule } from '../auth/module.ts';
import { setPasswordCost } from '../auth/passwords.ts';
import { makeFirstAdmin } from './first-admin.ts';
import { staffModule } from './module.ts';
import { setupCode } from './set-up-desk.ts';

setPasswordCost({ memoryCost: 8, timeCost: 1 });

// Later modules add what a new desk starts with; that is theirs to test.
const modules = [authModule, staffModule];

let desk: TestDesk;
afterEach(() => desk.close());

const answers = {
  deskName: 'Lantern',
  timeZone: 'Asia/Taipei',
  locale: 'zh-TW',
  admin: { name: 'Mei Lin', email: 'mei@lantern.example', password: 'three little lanterns' },
  inbox: { name: 'Help', address: 'help@lantern.example' },
};

async function post(
  payload: object,
  options: { remoteAddress?: string; headers?: Record<string, string> } = {},
) {
  const { app } = await desk.http();
  return app.inject({ method: 'POST', url: '/api/desk/v1/setup', payload, ...options });
}

async function state(options: { remoteAddress?: string; headers?: Record<string, string> } = {}) {
  const { app } = await desk.http();
  return (await app.inject({ url: '/api/desk/v1/setup', ...options })).json();
}

async function eventTypes(): Promise<string[]> {
  return (await desk.db.all<{ type: string }>(sql`select type from events order by id`)).map(
    ({ type }) => type,
  );
}

it('makes the first admin, signs in, and works once', async () => {
  desk = await openTestDesk({ modules });
  expect(await state()).toEqual({ needed: true, codeRequired: false });
  const done = await post(answers);
  expect(done.statusCode).toBe(201);
  expect(done.json()).toMatchObject({
    user: { name: 'Mei Lin', email: 'mei@lantern.example', role: 'admin', locale: 'zh-TW', preferences: {} },
    desk: { name: 'Lantern', timeZone: 'Asia/Taipei', locale: 'zh-TW' },
  });
  expect(await eventTypes()).toEqual([
    'staff.created',
    'setting.changed',
    'setting.changed',
    'setting.changed',
    'setting.changed',
    'desk.set_up',
    'session.started',
  ]);
  const cookie = done.cookies.find(({ name }) => name === 'firstline');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
  const { app } = await desk.http();
  const me = await app.inject({ url: '/api/desk/v1/me', cookies: { firstline: cookie!.value } });
  expect(me.statusCode).toBe(200);
  expect(await state()).toEqual({ needed: false, codeRequired: false });
  expect((await post(answers)).json()).toMatchObject({ error: { code: 'already_set_up' } });
});

it('lets one of two at once through', async () => {
  desk = await openTestDesk({ modules });
  const other = { ...answers, admin: { ...answers.admin, email: 'other@lantern.example' } };
  const statuses = (await Promise.all([post(answers), post(other)])).map(({ statusCode }) => statusCode);
  expect(statuses.sort()).toEqual([201, 409]);
  expect(await desk.db.all(sql`select id from staff`)).toHaveLength(1);
});

it.each([
  ['another address', { remoteAddress: '203.0.113.9' }],
  ['another host name', { headers: { host: 'desk.example' } }],
  ['a proxy', { headers: { 'x-forwarded-for': '127.0.0.1' } }],
])('asks %s for the printed code', async (_name, from) => {
  desk = await openTestDesk({ modules });
  expect(await state(from)).toEqual({ needed: true, codeRequired: true });
  expect((await post(answers, from)).json()).toMatchObject({ error: { code: 'wrong_code' } });
  expect((await post({ ...answers, code: 'AAAA-BBBB-CCCC' }, from)).statusCode).toBe(403);
  const code = await setupCode(desk.db);
  expect((await staffModule.open!(desk)).doors[0]).toContain(code);
  expect((await post({ ...answers, code: code.toLowerCase() }, from)).statusCode).toBe(201);
  expect((await staffModule.open!(desk)).doors).toEqual([]);
});

it('refuses weak passwords, unknown fields and a foreign page', async () => {
  desk = await openTestDesk({ modules });
  const withAdmin = (admin: object) => post({ ...answers, admin: { ...answers.admin, ...admin } });
  expect((await withAdmin({ password: 'short' })).json().error.fields).toEqual({
    'admin.password': 'too_short',
  });
  expect((await withAdmin({ password: 'Qwertyuiop' })).statusCode).toBe(422);
  expect((await withAdmin({ password: 'x'.repeat(201) })).json().error.fields).toEqual({
    'admin.password': 'too_long',
  });
  expect((await withAdmin({ email: 'nobody' })).json().error.fields).toEqual({
    'admin.email': 'not_an_address',
  });
  expect((await withAdmin({ name: 'a\u0000b' })).statusCode).toBe(422);
  expect((await withAdmin({ role: 'admin' })).json().error.fields).toEqual({ 'admin.role': 'unknown field' });
  expect((await post({ ...answers, timeZone: 'Mars/Olympus' })).statusCode).toBe(422);
  expect((await post(answers, { headers: { origin: 'https://evil.example' } })).statusCode).toBe(403);
  expect(await state()).toMatchObject({ needed: true });
});

it('makes the environment’s admin once, though two processes start at the same moment', async () => {
  const env = {
    FIRSTLINE_ADMIN_EMAIL: 'Root@Lantern.example',
    FIRSTLINE_ADMIN_PASSWORD: 'from the environment',
    FIRSTLINE_API_TOKEN: 'a-token-of-the-operator',
    DESK_TIME_ZONE: 'Europe/Minsk',
  };
  desk = await openTestDesk({ env, modules: [] });
  await authModule.prepare?.(desk);
  await Promise.all([makeFirstAdmin(desk), makeFirstAdmin(desk)]);
  expect(await desk.db.all(sql`select email, role from staff`)).toEqual([
    { email: 'Root@Lantern.example', role: 'admin' },
  ]);
  expect(await desk.db.all(sql`select last_four, scopes from api_tokens`)).toEqual([
    { last_four: 'ator', scopes: ['read', 'write', 'admin'] },
  ]);
  expect(await desk.db.one(sql`select value from settings where key = 'desk.timeZone'`)).toEqual({
    value: 'Europe/Minsk',
  });
  expect((await eventTypes()).filter((type) => type === 'desk.set_up')).toHaveLength(1);
});
