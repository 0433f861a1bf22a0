import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPeopledDesk, type PeopledDesk } from '../../../test/cast/people.ts';
import { sql } from '../../platform/db/database.ts';
import { mailLinks } from '../auth/index.ts';
import type { Identity } from './index.ts';

let desk: PeopledDesk;
beforeEach(async () => {
  desk = await openPeopledDesk();
});
afterEach(() => desk.close());

describe('a customer’s mailed link', () => {
  const ask = (email: string) => desk.ask(null, 'POST', '/customer-links', { email });
  const use = (token: string) => desk.ask(null, 'POST', '/customer-session', { token });
  const linkTokens = async () => {
    const rows = await desk.db.all<{ id: number }>(sql`select id from mail_links order by id`);
    return Promise.all(rows.map(async ({ id }) => (await mailLinks.find(desk.db, id))!.token));
  };

  it('is answered alike whoever asks, and mailed only to who is known', async () => {
    const known = await ask(desk.people.customer.email.toUpperCase());
    const unknown = await ask('stranger@nowhere.example');
    expect([known.statusCode, known.json()]).toEqual([202, { sent: true }]);
    expect([unknown.statusCode, unknown.json()]).toEqual([202, { sent: true }]);
    const jobs = await desk.db.all<{ payload: object }>(
      sql`select payload from jobs where kind = 'auth.mail_link'`,
    );
    expect(jobs.map(({ payload }) => Object.keys(payload))).toEqual([['linkId']]);
    expect(await desk.newEvents()).toEqual(['mail_link.issued']);
  });

  it('signs in once, within the hour, and for nothing but that', async () => {
    const { customer } = desk.people;
    await ask(customer.email);
    await ask(customer.email);
    const [first, second] = (await linkTokens()) as [string, string];
    expect((await desk.ask(null, 'GET', `/customer-session?token=${first}`)).statusCode).toBe(401);
    const asPassword = await desk.ask(null, 'POST', '/password', { token: first, new: 'a password of hers' });
    expect(asPassword.statusCode).toBe(401);
    const done = await use(first);
    expect(done.statusCode).toBe(201);
    const { value } = done.cookies.find(({ name }) => name === 'firstline')!;
    expect(
      (await desk.ask({ ...customer, cookies: { firstline: value } }, 'GET', '/customer-session')).statusCode,
    ).toBe(200);
    expect((await use(first)).json().error.code).toBe('link_spent');
    expect((await use(second)).statusCode).toBe(401);
    await ask(customer.email);
    const third = (await linkTokens())[2]!;
    desk.clock.advance(3600);
    expect((await use(third)).statusCode).toBe(401);
  });

  it('is spent, and who came by it signed out, when the address is taken away', async () => {
    const { agent, customer } = desk.people;
    await ask(customer.email);
    const { value } = (await use((await linkTokens())[0]!)).cookies.find(({ name }) => name === 'firstline')!;
    await ask(customer.email);
    const path = `/customers/${customer.id}`;
    const { identities } = (await desk.ask(agent, 'GET', path)).json();
    const [{ id }] = identities.filter((one: { kind: string }) => one.kind === 'email');
    expect((await desk.ask(agent, 'DELETE', `${path}/identities/${id}`)).statusCode).toBe(200);
    expect((await use((await linkTokens())[1]!)).json().error.code).toBe('link_spent');
    desk.clock.advance(1);
    expect(
      (await desk.ask({ ...customer, cookies: { firstline: value } }, 'GET', '/customer-session')).statusCode,
    ).toBe(401);
  });

  it('proves the address it was mailed to, once, and no other', async () => {
    const { agent, customer } = desk.people;
    const path = `/customers/${customer.id}`;
    const other = 'At.Home@customers.example';
    await desk.ask(agent, 'POST', `${path}/identities`, { kind: 'email', value: other });
    const proved = async () => {
      const { identities } = (await desk.ask(agent, 'GET', path)).json();
      return identities.filter((one: Identity) => one.verified).map((one: Identity) => one.value);
    };
    await desk.newEvents();
    await ask(other);
    expect(await proved()).toEqual([]);
    expect((await use((await linkTokens()).at(-1)!)).statusCode).toBe(201);
    expect(await proved()).toEqual([other]);
    expect(await desk.newEvents()).toEqual([
      'mail_link.issued',
      'mail_link.used',
      'customer.identity_changed',
      'session.started',
    ]);
    await ask(other);
    await use((await linkTokens()).at(-1)!);
    expect(await desk.newEvents()).toEqual(['mail_link.issued', 'mail_link.used', 'session.started']);
    expect(await proved()).toEqual([other]);
  });

  it('proves nothing when it is not used, or opens nothing', async () => {
    const { agent, customer } = desk.people;
    await ask(customer.email);
    const token = (await linkTokens())[0]!;
    desk.clock.advance(3601);
    expect((await use(token)).statusCode).toBe(401);
    await ask(customer.email);
    await desk.ask(agent, 'PATCH', `/customers/${customer.id}`, { suspended: true });
    expect((await use((await linkTokens())[1]!)).statusCode).toBe(401);
    const { identities } = (await desk.ask(agent, 'GET', `/customers/${customer.id}`)).json();
    expect(identities.map((one: Identity) => one.verified)).toEqual([false]);
  });

  it('is spent when its customer was merged into another, whose address it does not prove', async () => {
    const { agent, customer } = desk.people;
    const into = (await desk.ask(agent, 'POST', '/customers', { name: 'The same' })).json().id as number;
    await ask(customer.email);
    await desk.ask(agent, 'POST', `/customers/${customer.id}/merge`, { into });
    expect((await use((await linkTokens())[0]!)).json().error.code).toBe('link_spent');
    const { identities } = (await desk.ask(agent, 'GET', `/customers/${into}`)).json();
    expect(identities).toMatchObject([{ value: customer.email, verified: false }]);
  });

  it('does not open a suspended account', async () => {
    const { agent, customer } = desk.people;
    await ask(customer.email);
    await desk.ask(agent, 'PATCH', `/customers/${customer.id}`, { suspended: true });
    expect((await use((await linkTokens())[0]!)).statusCode).toBe(401);
  });
});
