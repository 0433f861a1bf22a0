import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPeopledDesk, type PeopledDesk } from '../../../test/cast/people.ts';
import { sql } from '../../platform/db/database.ts';

let desk: PeopledDesk;
beforeEach(async () => {
  desk = await openPeopledDesk();
});
afterEach(() => desk.close());

const cookieOf = (answer: { cookies: { name: string }[] }) =>
  answer.cookies.find(({ name }) => name === 'firstline') as { value: string; httpOnly: boolean } | undefined;

async function signIn(
  email: string,
  password: string,
  more: { cookies?: Record<string, string>; remoteAddress?: string } = {},
) {
  const { app } = await desk.http();
  const headers = { 'x-firstline-csrf': '1' };
  return app.inject({
    method: 'POST',
    url: '/api/desk/v1/session',
    payload: { email, password },
    headers,
    ...more,
  });
}

describe('signing in', () => {
  it('starts a session whose token is stored only as a digest', async () => {
    const { admin } = desk.people;
    const answer = await signIn(' Admin@LANTERN.example ', admin.password);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({
      credentialId: expect.any(String),
      expiresAt: '2026-05-01T09:00:00.000Z',
    });
    const { value } = cookieOf(answer)!;
    expect(Buffer.from(value, 'base64url')).toHaveLength(32);
    const digest = createHash('sha256').update(value).digest();
    expect(await desk.db.maybe(sql`select staff_id from sessions where token_hash = ${digest}`)).toEqual({
      staff_id: admin.id,
    });
    expect(await desk.newEvents()).toEqual(['session.started']);
    expect(await desk.db.one(sql`select last_sign_in_at as at from staff where id = ${admin.id}`)).toEqual({
      at: new Date('2026-03-02T09:00:00Z'),
    });
  });

  it('gives a __Host- cookie over TLS', async () => {
    await desk.close();
    desk = await openPeopledDesk({ env: { PUBLIC_URL: 'https://desk.example' } });
    const answer = await signIn(desk.people.admin.email, desk.people.admin.password);
    expect(answer.cookies[0]).toMatchObject({
      name: '__Host-firstline',
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
    });
    expect(answer.cookies[0]).not.toHaveProperty('domain');
  });

  it('takes over no token a visitor brought, and ends the session they had', async () => {
    const { agent } = desk.people;
    const fixed = 'A'.repeat(43);
    const first = await signIn(agent.email, agent.password, { cookies: { firstline: fixed } });
    expect(cookieOf(first)!.value).not.toBe(fixed);
    const second = await signIn(agent.email, agent.password, {
      cookies: { firstline: cookieOf(first)!.value },
    });
    expect(cookieOf(second)!.value).not.toBe(cookieOf(first)!.value);
    expect(await desk.newEvents()).toEqual(['session.started', 'session.ended', 'session.started']);
    const old = { ...agent, cookies: { firstline: cookieOf(first)!.value } };
    expect((await desk.ask(old, 'GET', '/me')).statusCode).toBe(401);
  });

  it('answers the same to a wrong password, an unknown address, a disabled and an invited account', async () => {
    await desk.db.write(sql`update staff set active = false where id = ${desk.people.lead.id}`);
    await desk.db.write(sql`update staff set password_hash = null where id = ${desk.people.manager.id}`);
    const { agent, lead, manager } = desk.people;
    const bodies = [
      await signIn(agent.email, 'not it at all'),
      await signIn('nobody@lantern.example', 'not it at all'),
      await signIn(lead.email, lead.password),
      await signIn(manager.email, manager.password),
    ].map((answer) => [answer.statusCode, answer.json().error]);
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject([401, { code: 'wrong_credentials' }]);
    const rows = await desk.db.all<{ data: unknown }>(
      sql`select data from events where type = 'sign_in.refused' order by id`,
    );
    expect(rows.map(({ data }) => data)).toEqual([
      { staffId: agent.id },
      { staffId: null },
      { staffId: lead.id },
      { staffId: manager.id },
    ]);
  });

  it('refuses a second field, a wrong shape and an Idempotency-Key', async () => {
    expect(
      (await desk.ask(null, 'POST', '/session', { email: 'a@b', password: 'x', role: 'admin' })).statusCode,
    ).toBe(422);
    expect(
      (await desk.ask(null, 'POST', '/session', { email: ['a@b'], password: { $ne: '' } })).statusCode,
    ).toBe(422);
    const { app } = await desk.http();
    const payload = { email: desk.people.agent.email, password: desk.people.agent.password };
    const headers = { 'idempotency-key': 'again' };
    expect(
      (await app.inject({ method: 'POST', url: '/api/desk/v1/session', payload, headers })).statusCode,
    ).toBe(400);
    expect(await desk.db.all(sql`select key from idempotency_keys`)).toEqual([]);
  });

  it('slows guessing at one account down, and lets its owner in all the while', async () => {
    const { agent } = desk.people;
    const owner = await signIn(agent.email, agent.password, { remoteAddress: '198.51.100.7' });
    const known = owner.cookies.find(({ name }) => name === 'firstline-known')!.value;
    const statuses = new Map<number, number>();
    for (let guess = 0; guess < 200; guess++) {
      const remoteAddress = `203.0.113.${guess % 50}`;
      const { statusCode } = await signIn(agent.email, `guess number ${guess}`, { remoteAddress });
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    }
    // Thirty tries make the account hot; then each of the fifty addresses has one, or had it.
    expect(statuses.get(401)).toBeLessThanOrEqual(50);
    expect(statuses.get(429)).toBeGreaterThanOrEqual(150);
    const home = await signIn(agent.email, agent.password, { remoteAddress: '198.51.100.99' });
    expect(home.statusCode).toBe(201);
    const sameNetwork = await signIn(agent.email, agent.password, {
      remoteAddress: '203.0.113.1',
      cookies: { 'firstline-known': known },
    });
    expect(sameNetwork.statusCode).toBe(201);
    const forged = await signIn(agent.email, agent.password, {
      remoteAddress: '203.0.113.1',
      cookies: { 'firstline-known': `${agent.id}.${'A'.repeat(43)}` },
    });
    expect(forged.statusCode).toBe(429);
    expect(Number(forged.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('a session', () => {
  it('ends by signing out, needs the CSRF header to be told so, and forgives a second time', async () => {
    const { agent } = desk.people;
    const { app } = await desk.http();
    const forged = await app.inject({
      method: 'DELETE',
      url: '/api/desk/v1/session',
      cookies: agent.cookies,
    });
    expect(forged.statusCode).toBe(403);
    let told = 0;
    desk.signals.on('access', () => told++);
    expect((await desk.ask(agent, 'DELETE', '/session')).statusCode).toBe(204);
    expect(told).toBe(1);
    expect(await desk.newEvents()).toEqual(['session.ended']);
    expect((await desk.ask(agent, 'GET', '/me')).statusCode).toBe(401);
    expect((await desk.ask(agent, 'DELETE', '/session')).statusCode).toBe(204);
    expect(await desk.newEvents()).toEqual([]);
  });

  it('ends after 14 days unused and 60 days in all', async () => {
    const { agent, lead } = desk.people;
    for (let day = 0; day < 59; day += 10) {
      expect((await desk.ask(agent, 'GET', '/me')).statusCode).toBe(200);
      desk.clock.advance(10 * 86_400);
    }
    expect((await desk.ask(agent, 'GET', '/me')).statusCode).toBe(401);
    expect((await desk.ask(lead, 'GET', '/me')).statusCode).toBe(401);
  });

  it('writes when it was last seen at most once a minute', async () => {
    const { agent } = desk.people;
    const seen = async () =>
      (
        await desk.db.one<{ at: Date }>(
          sql`select last_seen_at as at from sessions where staff_id = ${agent.id}`,
        )
      ).at;
    const first = await seen();
    desk.clock.advance(59);
    await desk.ask(agent, 'GET', '/me');
    expect(await seen()).toEqual(first);
    desk.clock.advance(2);
    await desk.ask(agent, 'GET', '/me');
    expect(await seen()).toEqual(new Date('2026-03-02T09:01:01Z'));
  });

  it('of a person whose account is disabled is dead with the next request', async () => {
    const { agent } = desk.people;
    expect((await desk.ask(agent, 'GET', '/me')).statusCode).toBe(200);
    await desk.db.write(sql`update staff set active = false where id = ${agent.id}`);
    // What the event of the module that disables people tells every process when it commits.
    desk.signals.tell('access');
    expect((await desk.ask(agent, 'GET', '/me')).statusCode).toBe(401);
  });

  it('outlives a right that was taken away by half a second at most, even if nobody was told', async () => {
    const { manager } = desk.people;
    expect((await desk.ask(manager, 'GET', '/me')).statusCode).toBe(200);
    await desk.db.write(sql`update staff set active = false where id = ${manager.id}`);
    desk.clock.advance(1);
    expect((await desk.ask(manager, 'GET', '/me')).statusCode).toBe(401);
  });
});
