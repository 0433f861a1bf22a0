import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPeopledDesk, type PeopledDesk } from '../../../test/cast/people.ts';
import { type Joint, type Queryable, type Sql, sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import { customerNames, type FoundCustomer, findOrCreateCustomer, requesters } from './index.ts';

let desk: PeopledDesk;
beforeEach(async () => {
  desk = await openPeopledDesk();
});
afterEach(() => desk.close());

const find = (value: string, more: { name?: string; verified?: boolean } = {}) =>
  desk.run(system, (cx) => findOrCreateCustomer(cx, { kind: 'email', value, ...more }));

describe('findOrCreateCustomer', () => {
  it('makes one customer for fifty mails at once', async () => {
    const spellings = [
      'New.Person@Müller.example',
      'new.person@MÜLLER.example ',
      'NEW.PERSON@xn--mller-kva.example',
    ];
    const found = await Promise.all(
      Array.from({ length: 50 }, (_, n) => find(spellings[n % 3]!, { name: 'New' })),
    );
    expect(new Set(found.map(({ customerId }: FoundCustomer) => customerId)).size).toBe(1);
    expect(found.filter(({ created }) => created)).toHaveLength(1);
    expect(await desk.db.one(sql`select count(*) as n from customers`)).toEqual({ n: 2 });
    expect(await desk.newEvents()).toEqual(['customer.created']);
  });

  it('asks the database once for a known customer and twice for a new one', async () => {
    const count = async (value: string) => {
      let queries = 0;
      await desk.run(system, async (cx) => {
        const tx: Queryable = {
          ...cx.tx,
          maybe: <R extends object>(query: Sql) => {
            queries++;
            return cx.tx.maybe<R>(query);
          },
          joined: <Item, Row extends object>(joint: Joint<Item, Row>, item: Item) => {
            queries++;
            return cx.tx.joined(joint, item);
          },
        };
        return findOrCreateCustomer({ ...cx, tx }, { kind: 'email', value });
      });
      return queries;
    };
    expect([await count('x@y.example'), await count('x@y.example')]).toEqual([2, 1]);
  });

  it('puts new customers into the organisation of their domain, and learns that an address is proved', async () => {
    const { agent } = desk.people;
    const made = await desk.ask(agent, 'POST', '/organizations', {
      name: 'Müller',
      domains: ['MÜLLER.example'],
    });
    expect(made.json().domains).toEqual(['xn--mller-kva.example']);
    const { customerId } = await find('anna@müller.example');
    expect((await requesters.find(desk.db, customerId))?.organizationId).toBe(made.json().id);
    await find('anna@müller.example', { verified: true });
    await find('anna@müller.example', { verified: true });
    expect(await desk.newEvents()).toEqual([
      'organization.created',
      'customer.created',
      'customer.identity_changed',
    ]);
    expect((await desk.ask(agent, 'GET', `/customers/${customerId}`)).json().identities).toMatchObject([
      { kind: 'email', value: 'anna@müller.example', primary: true, verified: true },
    ]);
  });

  it('refuses what is no address', async () => {
    for (const value of [
      '',
      'x',
      '@x',
      'x@',
      'a@b\u0000c',
      'a\nb@c',
      'a b@c.d',
      'a@b..c',
      '<a@b.c>',
      'x\u200b@y.z',
    ]) {
      await expect(find(value), JSON.stringify(value)).rejects.toMatchObject({ status: 422 });
    }
    expect(await desk.newEvents()).toEqual([]);
  });
});

describe('customers over HTTP', () => {
  it('are read and changed by staff, deleted by admins', async () => {
    const { agent, admin, customer } = desk.people;
    const one = `/customers/${customer.id}`;
    for (const [method, path, body] of [
      ['GET', '/customers', undefined],
      ['GET', one, undefined],
      ['POST', '/customers', { name: 'x' }],
      ['PATCH', one, { name: 'x' }],
      ['POST', `${one}/merge`, { into: 1 }],
      ['POST', `${one}/identities`, { kind: 'email', value: 'x@y.example' }],
      ['DELETE', one, undefined],
    ] as const) {
      expect((await desk.ask(null, method, path, body)).statusCode, `${method} ${path}`).toBe(401);
      expect((await desk.ask(customer, method, path, body)).statusCode, `${method} ${path}`).toBe(403);
    }
    expect((await desk.ask(agent, 'GET', one)).json()).toMatchObject({
      name: 'Olga Kim',
      email: customer.email,
      version: 1,
    });
    expect((await desk.ask(agent, 'GET', '/customers/999')).statusCode).toBe(404);
    expect((await desk.ask(agent, 'GET', `/customers/${agent.id}`)).statusCode).toBe(404);
    expect((await desk.ask(agent, 'GET', '/customers/x')).statusCode).toBe(400);
    expect((await desk.ask(agent, 'DELETE', one)).statusCode).toBe(403);
    expect((await desk.ask(admin, 'DELETE', one)).statusCode).toBe(204);
    expect((await desk.ask(admin, 'DELETE', one)).statusCode).toBe(404);
    expect(await desk.newEvents()).toEqual(['customer.deleted', 'session.ended']);
    expect((await desk.ask(customer, 'GET', '/customer-session')).statusCode).toBe(401);
    expect((await find(customer.email)).customerId).not.toBe(customer.id);
  });

  it('are made with several identities, each somebody’s only', async () => {
    const { agent, customer } = desk.people;
    const identities = [
      { kind: 'email', value: 'Ben@X.example' },
      { kind: 'phone', value: '+375 (29) 123-45-67' },
      { kind: 'email', value: 'ben@work.example', primary: true },
      { kind: 'social', value: 'telegram:Ben' },
    ];
    const made = await desk.ask(agent, 'POST', '/customers', {
      name: 'Ben',
      tags: ['VIP', 'vip'],
      fields: { plan: 'gold' },
      identities,
    });
    expect(made.statusCode).toBe(201);
    const { id } = made.json();
    expect(made.json()).toMatchObject({
      email: 'ben@work.example',
      phone: '+375 (29) 123-45-67',
      tags: ['vip'],
      fields: { plan: 'gold' },
    });
    const add = (body: object) => desk.ask(agent, 'POST', `/customers/${id}/identities`, body);
    expect((await add({ kind: 'phone', value: '00375 29 1234567' })).json().error.fields).toEqual({
      value: 'taken',
    });
    expect((await add({ kind: 'email', value: customer.email.toUpperCase() })).json().error.fields).toEqual({
      value: 'taken',
    });
    expect((await add({ kind: 'email', value: 'nothing' })).json().error.fields).toEqual({
      value: 'not_an_address',
    });
    expect((await add({ kind: 'email', value: 'a@b.example', verified: true })).statusCode).toBe(422);
    const failed = await desk.ask(agent, 'POST', '/customers', { name: 'Twin', identities: [identities[0]] });
    expect(failed.json().error.fields).toEqual({ 'identities.0.value': 'taken' });
    const [, home] = made.json().identities.filter(({ kind }: { kind: string }) => kind === 'email');
    const changed = await desk.ask(agent, 'PATCH', `/customers/${id}/identities/${home.id}`, {
      primary: true,
    });
    expect(changed.json().email).toBe('Ben@X.example');
    const removed = await desk.ask(agent, 'DELETE', `/customers/${id}/identities/${home.id}`);
    expect(removed.json().email).toBe('ben@work.example');
    expect(
      (await desk.ask(agent, 'DELETE', `/customers/${customer.id}/identities/${home.id}`)).statusCode,
    ).toBe(404);
    expect(await desk.newEvents()).toEqual([
      'customer.created',
      ...identities.map(() => 'customer.identity_added'),
      'customer.identity_changed',
      'customer.identity_removed',
    ]);
  });

  it('refuse every column that is not theirs to write', async () => {
    const { agent, customer } = desk.people;
    const known = new Set(['name', 'locale', 'details', 'notes', 'tags', 'fields', 'suspended', 'version']);
    const rows = await desk.db.all<{ name: string }>(
      sql`select column_name as name from information_schema.columns where table_name in ('customers', 'customer_identities', 'sessions')`,
    );
    for (const { name } of rows.filter((row) => !known.has(row.name))) {
      const answer = await desk.ask(agent, 'PATCH', `/customers/${customer.id}`, { [name]: 1 });
      expect(answer.json().error.fields, name).toEqual({ [name]: 'unknown field' });
    }
    const shapes = [
      { name: ['x'] },
      { tags: 'x' },
      { fields: { __proto__x: 1 } },
      { fields: { plan: { $gt: '' } } },
      { name: 'a\u0000' },
    ];
    for (const body of [
      ...shapes,
      { fields: { plan: '\ud800' } },
      { organizationId: 999 },
      { locale: '<script>' },
    ]) {
      expect(
        (await desk.ask(agent, 'PATCH', `/customers/${customer.id}`, body)).statusCode,
        JSON.stringify(body),
      ).toBe(422);
    }
  });

  it('change with a version, keep other fields, and are out at once when suspended', async () => {
    const { agent, customer } = desk.people;
    const patch = (body: object) => desk.ask(agent, 'PATCH', `/customers/${customer.id}`, body);
    await patch({ fields: { plan: 'gold' }, version: 1 });
    expect((await patch({ fields: { seats: 3 } })).json()).toMatchObject({
      fields: { plan: 'gold', seats: 3 },
      version: 3,
    });
    expect((await patch({ name: 'Late', version: 1 })).json().error.details.current.fields).toEqual({
      plan: 'gold',
      seats: 3,
    });
    expect((await desk.ask(customer, 'GET', '/customer-session')).json()).toEqual({
      customer: { id: customer.id, name: 'Olga Kim', locale: null },
    });
    await patch({ suspended: true });
    expect((await desk.ask(customer, 'GET', '/customer-session')).statusCode).toBe(401);
    expect(await desk.newEvents()).toEqual([
      'customer.changed',
      'customer.changed',
      'customer.changed',
      'session.ended',
    ]);
  });

  it('merge: one person after all', async () => {
    const { agent, customer } = desk.people;
    const { customerId } = await find('olga.kim@home.example', { name: 'O. K.' });
    await desk.ask(agent, 'PATCH', `/customers/${customerId}`, { tags: ['b'], notes: 'Calls at night' });
    await desk.newEvents();
    const merge = (from: number, into: number) =>
      desk.ask(agent, 'POST', `/customers/${from}/merge`, { into });
    expect((await merge(customerId, customerId)).statusCode).toBe(400);
    expect((await merge(customerId, 999)).statusCode).toBe(404);
    const merged = (await merge(customerId, customer.id)).json();
    expect(merged).toMatchObject({
      id: customer.id,
      name: 'Olga Kim',
      email: customer.email,
      tags: ['b'],
      notes: 'Calls at night',
    });
    expect(merged.identities).toHaveLength(2);
    expect((await find('OLGA.KIM@home.example')).customerId).toBe(customer.id);
    for (const [from, into] of [
      [customerId, customer.id],
      [customer.id, customerId],
    ] as const) {
      const again = await merge(from, into);
      expect([again.statusCode, again.json().error.details]).toEqual([
        409,
        { customerId, mergedInto: customer.id },
      ]);
    }
    expect(await desk.newEvents()).toEqual(['customer.merged']);
    expect(
      await desk.db.one(sql`select merged_into as into from customers where id = ${customerId}`),
    ).toEqual({ into: customer.id });
  });

  it('are found by the beginning of a name or an address, page by page', async () => {
    const { agent, customer } = desk.people;
    for (let n = 0; n < 5; n++) await find(`shop${n}@mail.example`, { name: `Алеся ${n}` });
    await find('100%_off@mail.example', { name: '50% off' });
    const names = async (q: string) =>
      (await desk.ask(agent, 'GET', `/customers?q=${encodeURIComponent(q)}`))
        .json()
        .items.map((one: { name: string }) => one.name);
    expect(await names('алес')).toHaveLength(5);
    expect(await names('SHOP3')).toEqual(['Алеся 3']);
    expect(await names('50%')).toEqual(['50% off']);
    expect(await names('100%_')).toEqual(['50% off']);
    expect(await names('%')).toEqual([]);
    expect(await names("' or 1=1 --")).toEqual([]);
    expect(await names('olga')).toEqual(['Olga Kim']);
    await find('müller@xn--bcher-kva.example', { name: 'Müller' });
    expect(await names('Müller@Bücher.example')).toEqual(['Müller']);
    const first = (await desk.ask(agent, 'GET', '/customers?limit=4')).json();
    const second = (await desk.ask(agent, 'GET', `/customers?limit=4&cursor=${first.nextCursor}`)).json();
    const ids = [...first.items, ...second.items].map(({ id }: { id: number }) => id);
    expect(ids).toHaveLength(8);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    expect(second.nextCursor).toBeNull();
    expect((await desk.ask(agent, 'GET', '/customers?limit=101')).statusCode).toBe(400);
    expect((await desk.ask(agent, 'GET', '/customers?sort=name')).statusCode).toBe(400);
    expect(await customerNames.list(desk.db, [customer.id, 999])).toEqual(
      new Map([[customer.id, 'Olga Kim']]),
    );
  });
});

it('organisations are managed like customers', async () => {
  const { agent, admin, customer } = desk.people;
  expect((await desk.ask(customer, 'GET', '/organizations')).statusCode).toBe(403);
  const made = (await desk.ask(agent, 'POST', '/organizations', { name: 'Acme', tags: ['big'] })).json();
  const path = `/organizations/${made.id}`;
  expect((await desk.ask(agent, 'POST', '/organizations', { name: 'ACME' })).json().error.fields).toEqual({
    name: 'taken',
  });
  expect(
    (await desk.ask(agent, 'POST', '/organizations', { name: 'X', domains: ['not a domain'] })).statusCode,
  ).toBe(422);
  expect(
    (await desk.ask(agent, 'PATCH', path, { domains: ['Acme.example', 'acme.EXAMPLE'], version: 1 })).json(),
  ).toMatchObject({
    domains: ['acme.example'],
    tags: ['big'],
    version: 2,
  });
  expect((await desk.ask(agent, 'PATCH', path, { name: 'Late', version: 1 })).statusCode).toBe(409);
  expect((await desk.ask(agent, 'PATCH', path, { deleted_at: null })).statusCode).toBe(422);
  expect((await desk.ask(agent, 'GET', '/organizations?q=ac')).json().items).toHaveLength(1);
  await desk.ask(agent, 'PATCH', `/customers/${customer.id}`, { organizationId: made.id });
  expect((await desk.ask(agent, 'GET', `/customers?organization=${made.id}`)).json().items).toHaveLength(1);
  expect((await desk.ask(agent, 'DELETE', path)).statusCode).toBe(403);
  expect((await desk.ask(admin, 'DELETE', path)).statusCode).toBe(204);
  expect((await desk.ask(agent, 'GET', path)).statusCode).toBe(404);
  expect((await desk.ask(agent, 'GET', `/customers/${customer.id}`)).json().organizationId).toBeNull();
  expect(await desk.newEvents()).toEqual([
    'organization.created',
    'organization.changed',
    'customer.changed',
    'organization.deleted',
  ]);
});
