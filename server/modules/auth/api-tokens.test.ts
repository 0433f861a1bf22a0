import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPeopledDesk, type PeopledDesk, type Person } from '../../../test/cast/people.ts';
import { sql } from '../../platform/db/database.ts';

let desk: PeopledDesk;
beforeEach(async () => {
  desk = await openPeopledDesk();
});
afterEach(() => desk.close());

async function makeToken(who: Person, scopes: string[]) {
  const answer = await desk.ask(who, 'POST', '/api-tokens', { name: 'Script', scopes });
  expect(answer.statusCode).toBe(201);
  return answer.json() as { id: number; token: string; last4: string };
}

async function askWith(
  authorization: string,
  method: 'GET' | 'POST' | 'PATCH' = 'GET',
  url = '/api/desk/v1/me',
  payload?: object,
) {
  const { app } = await desk.http();
  return app.inject({ method, url, headers: { authorization }, ...(payload ? { payload } : {}) });
}

const basic = (user: string, token: string) => `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;

it('is shown once and stored as a digest', async () => {
  const { agent } = desk.people;
  const { id, token, last4 } = await makeToken(agent, ['read', 'read']);
  expect(token).toMatch(/^fl_[\w-]{43}$/);
  const list = (await desk.ask(agent, 'GET', '/api-tokens')).json();
  expect(list.items).toEqual([
    { id, name: 'Script', scopes: ['read'], last4, createdAt: '2026-03-02T09:00:00.000Z', lastUsedAt: null },
  ]);
  expect(JSON.stringify(list)).not.toContain(token);
  expect(JSON.stringify(await desk.db.all(sql`select * from api_tokens, events`))).not.toContain(token);
  expect(await desk.newEvents()).toEqual(['token.created']);
  expect((await desk.ask(desk.people.lead, 'GET', '/api-tokens')).json().items).toEqual([]);
});

it('signs in as bearer and as email/token, for its owner only', async () => {
  const { agent, admin } = desk.people;
  const { token } = await makeToken(agent, ['read']);
  const status = async (authorization: string) => (await askWith(authorization)).statusCode;
  expect(await status(`Bearer ${token}`)).toBe(200);
  expect(await status(`bearer  ${token}`)).toBe(200);
  expect(await status(basic(`${agent.email.toUpperCase()}/token`, token))).toBe(200);
  expect(await status(basic(`${admin.email}/token`, token))).toBe(401);
  expect(await status(basic(agent.email, token))).toBe(401);
  expect(await status(basic(agent.email, agent.password))).toBe(401);
  for (const wrong of [
    '',
    'Bearer',
    'Bearer ',
    'Bearer null',
    `Bearer ${token.toUpperCase()}`,
    `Bearer ${token} x`,
    'Digest x',
    basic('/token', token),
  ]) {
    expect(await status(wrong), wrong).toBe(401);
  }
  const { app } = await desk.http();
  for (const url of [`/api/desk/v1/me?token=${token}`, `/api/desk/v1/me?access_token=${token}`]) {
    expect((await app.inject({ url })).statusCode).toBe(401);
  }
});

it('does what its scopes and its owner’s role allow', async () => {
  const { admin, agent } = desk.people;
  const reader = `Bearer ${(await makeToken(admin, ['read'])).token}`;
  const writer = `Bearer ${(await makeToken(admin, ['read', 'write'])).token}`;
  const all = `Bearer ${(await makeToken(admin, ['read', 'write', 'admin'])).token}`;
  const agents = `Bearer ${(await makeToken(agent, ['read', 'write', 'admin'])).token}`;
  const rename = async (authorization: string) =>
    (await askWith(authorization, 'PATCH', '/api/desk/v1/settings', { name: 'Lantern' })).statusCode;
  expect([await rename(reader), await rename(writer), await rename(agents), await rename(all)]).toEqual([
    403, 403, 403, 200,
  ]);
  const wider = await askWith(writer, 'POST', '/api/desk/v1/api-tokens', { name: 'More', scopes: ['admin'] });
  expect(wider.statusCode).toBe(403);
  const same = await askWith(writer, 'POST', '/api/desk/v1/api-tokens', { name: 'Same', scopes: ['write'] });
  expect(same.statusCode).toBe(201);
});

it('is dead when revoked, and nobody else revokes it', async () => {
  const { agent, admin } = desk.people;
  const { id, token } = await makeToken(agent, ['read']);
  await desk.newEvents();
  expect((await desk.ask(admin, 'DELETE', `/api-tokens/${id}`)).statusCode).toBe(404);
  expect((await askWith(`Bearer ${token}`)).statusCode).toBe(200);
  expect((await desk.ask(agent, 'DELETE', `/api-tokens/${id}`)).statusCode).toBe(204);
  expect(await desk.newEvents()).toEqual(['token.revoked']);
  expect((await askWith(`Bearer ${token}`)).statusCode).toBe(401);
  expect((await desk.ask(agent, 'DELETE', `/api-tokens/${id}`)).statusCode).toBe(404);
});

it('refuses what is not staff, unknown scopes and fields', async () => {
  const { agent, customer } = desk.people;
  expect((await desk.ask(null, 'POST', '/api-tokens', { name: 'x' })).statusCode).toBe(401);
  expect((await desk.ask(customer, 'POST', '/api-tokens', { name: 'x' })).statusCode).toBe(403);
  expect((await desk.ask(agent, 'POST', '/api-tokens', { name: 'x', scopes: ['root'] })).statusCode).toBe(
    422,
  );
  expect((await desk.ask(agent, 'POST', '/api-tokens', { name: 'x', staff_id: 1 })).statusCode).toBe(422);
  expect((await desk.ask(agent, 'DELETE', '/api-tokens/one')).statusCode).toBe(400);
});
