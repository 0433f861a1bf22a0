import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../db/database.ts';
import { dropOldKeys, releaseClaims } from './idempotency.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

let keys = 0;
const newKey = () => `key-${++keys}`;

interface Tried {
  who?: number;
  method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path?: string;
  body?: object;
}

async function attempt(
  key: string,
  { who = cast.ben, method = 'POST', path = '/customers', body }: Tried = {},
) {
  const { app } = await cast.desk.http();
  const response = await app.inject({
    method,
    url: `/api/desk/v1${path}`,
    headers: { ...cast.headersOf(who), 'idempotency-key': key },
    payload: body ?? { name: 'Once' },
  });
  const json = response.body === '' ? null : response.json();
  return { status: response.statusCode, body: json, lookup: response.headers['x-idempotency-lookup'] };
}

const effects = async (work: () => Promise<unknown>) => (await cast.during(work)).map(({ type }) => type);
const rowOf = (key: string) =>
  cast.desk.db.maybe<{ status: number; made: Buffer[] }>(
    sql`select status, made from idempotency_keys where key = ${key}`,
  );

describe('an Idempotency-Key', () => {
  it('gives the first answer again, and does nothing twice', async () => {
    const key = newKey();
    const first = await attempt(key);
    expect(first).toMatchObject({ status: 201, lookup: 'miss' });
    const again = effects(async () => {
      expect(await attempt(key)).toEqual({ ...first, lookup: 'hit' });
    });
    expect(await again).toEqual([]);
  });

  it('holds for every kind of write', async () => {
    const { body } = await attempt(newKey());
    const key = newKey();
    const gone = { who: cast.ada, method: 'DELETE' as const, path: `/customers/${body.id}`, body: {} };
    expect((await attempt(key, gone)).status).toBe(204);
    expect((await attempt(key, gone)).status).toBe(204);
    expect((await attempt(newKey(), gone)).status).toBe(404);
  });

  it('is worked on once, however many come at once', async () => {
    const key = newKey();
    const types = await effects(async () => {
      const tries = await Promise.all(Array.from({ length: 8 }, () => attempt(key)));
      expect(tries.filter(({ lookup }) => lookup === 'miss')).toHaveLength(1);
      expect(tries.every(({ status }) => status === 201 || status === 409)).toBe(true);
    });
    expect(types.filter((type) => type === 'customer.created')).toHaveLength(1);
  });

  it('belongs to one request of one person', async () => {
    const key = newKey();
    const ticket = await cast.open();
    const other = await cast.open();
    const write = { path: `/tickets/${ticket}/messages`, body: { text: 'Noted.', public: false } };
    expect((await attempt(key, write)).status).toBe(201);
    for (const wrong of [
      { ...write, path: `/tickets/${other}/messages` },
      { ...write, body: { text: 'Other.', public: false } },
    ]) {
      expect(await attempt(key, wrong)).toMatchObject({
        status: 422,
        body: { error: { code: 'idempotency_mismatch' } },
      });
    }
    expect(await attempt(key, { ...write, who: cast.ada })).toMatchObject({ status: 201, lookup: 'miss' });
  });

  it('is free again when nothing came of it', async () => {
    const key = newKey();
    expect((await attempt(key, { body: { name: 'X', organizationId: 999_999 } })).status).toBe(422);
    expect(await rowOf(key)).toBeUndefined();
    expect((await attempt(key)).status).toBe(201);
  });

  it('is none where it is empty, endless, or the answer holds a secret', async () => {
    for (const bad of ['', 'x'.repeat(256)]) expect((await attempt(bad)).status).toBe(400);
    for (const [path, body] of [
      ['/api-tokens', { name: 'T' }],
      ['/customer-session', { token: 'x' }],
    ] as const) {
      expect((await attempt(newKey(), { path, body })).status, path).toBe(400);
    }
  });

  it('is forgotten after a day', async () => {
    const key = newKey();
    const first = await attempt(key);
    await cast.desk.db.write(
      sql`update idempotency_keys set created_at = now() - interval '25 hours' where key = ${key}`,
    );
    const second = await attempt(key, { body: { name: 'Another' } });
    expect(second).toMatchObject({ status: 201, lookup: 'miss' });
    expect(second.body.id).not.toBe(first.body.id);
    await cast.desk.db.write(
      sql`update idempotency_keys set created_at = now() - interval '25 hours' where key = ${key}`,
    );
    await dropOldKeys(cast.desk.db);
    expect(await rowOf(key)).toBeUndefined();
  });
});

describe('a try that was cut off', () => {
  /** As a kill leaves it: its command is committed, its answer was never kept. */
  async function cutOff(key: string, tried: Tried = {}) {
    let made: Buffer[] = [];
    await cast.desk.db.write(sql`
      create or replace function lose_answer() returns trigger language plpgsql as $$
        begin if new.status = 1 then raise exception 'the process is gone'; end if; return new; end $$`);
    await cast.desk.db.write(
      sql`create trigger lose_answer before update on idempotency_keys for each row execute function lose_answer()`,
    );
    const lost = await attempt(key, tried);
    await cast.desk.db.write(sql`drop trigger lose_answer on idempotency_keys`);
    expect(lost.status).toBe(500);
    made = (await rowOf(key))?.made ?? [];
    expect(made).toHaveLength(1);
  }

  it('is answered by the next one, with its one effect', async () => {
    const ticket = await cast.open();
    const write = { path: `/tickets/${ticket}/messages`, body: { text: 'Once.', public: false } };
    const key = newKey();
    const types = await effects(() => cutOff(key, write));
    expect(types).toContain('note.added');
    const more = await effects(async () => {
      const answer = await attempt(key, write);
      expect(answer).toMatchObject({
        status: 201,
        body: { message: { text: 'Once.' }, ticket: { id: ticket } },
      });
      expect(await attempt(key, write)).toEqual({ ...answer, lookup: 'hit' });
    });
    expect(more).toEqual([]);
  });

  it('is waited for while it may still be at work, and not longer than its process lives', async () => {
    const key = newKey();
    await cutOff(key);
    await cast.desk.db.write(sql`update idempotency_keys set claim = gen_random_uuid() where key = ${key}`);
    expect((await attempt(key)).status).toBe(409);
    await releaseClaims(cast.desk.db);
    const types = await effects(async () => {
      expect((await attempt(key)).body).toMatchObject({ name: 'Once' });
    });
    expect(types).toEqual([]);
  });

  it('changes nothing more once another took it up', async () => {
    const key = newKey();
    await cast.desk.db.write(sql`
      create or replace function take_over() returns trigger language plpgsql as $$
        begin update idempotency_keys set claim = gen_random_uuid() where claim is not null; return new; end $$`);
    await cast.desk.db.write(
      sql`create trigger take_over before insert on customers for each row execute function take_over()`,
    );
    const types = await effects(async () => {
      expect((await attempt(key)).status).toBe(409);
    });
    await cast.desk.db.write(sql`drop trigger take_over on customers`);
    expect(types).toEqual([]);
  });
});
