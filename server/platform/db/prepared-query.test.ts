import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { commit, type Queryable, queriesOn, rollBack, sql } from './database.ts';
import { echoCode } from './prepared-query.ts';

let desk: TestDesk;
let client: pg.PoolClient;
let tx: Queryable;

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.db.write(sql`create table probes (n integer primary key)`);
  // Looked at only when the transaction is committed.
  await desk.db.write(
    sql`create table later_probes (n integer references probes deferrable initially deferred)`,
  );
});
afterAll(async () => {
  await desk.close();
});
beforeEach(async () => {
  await desk.db.write(sql`delete from probes`);
  client = await desk.db.connect();
  tx = queriesOn(client);
});
afterEach(() => client.release());

const add = (n: number) => tx.write(sql`insert into probes values (${n})`);
const listed = async () =>
  (await desk.db.all<{ n: number }>(sql`select n from probes order by n`)).map(({ n }) => n);
const codes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((result) => (result.status === 'rejected' ? result.reason.code : 'done'));

describe('statements asked in one turn', () => {
  it('are answered each with its own rows, in their order', async () => {
    const [count, rows, none, again] = await Promise.all([
      add(1),
      tx.all(sql`select n, null::text as nothing, now() as at from probes`),
      tx.maybe(sql`select n from probes where n = ${7}`),
      add(2),
    ]);
    expect([count, none, again]).toEqual([1, undefined, 1]);
    expect(rows).toEqual([{ n: 1, nothing: null, at: expect.any(Date) }]);
  });

  it('fail with their own cause, and what follows with its echo', async () => {
    await add(1);
    const results = await Promise.allSettled([add(2), add(1), add(3), tx.one(sql`select 1 as n`)]);
    expect(codes(results)).toEqual([echoCode, '23505', echoCode, echoCode]);
    expect(await listed()).toEqual([1]);
  });

  it('are not done before their commit is', async () => {
    const refused = desk.db.write(sql`insert into later_probes values (${7})`);
    await expect(refused).rejects.toMatchObject({ code: '23503' });
    const both = [tx.write(sql`insert into later_probes values (${8})`), tx.one(sql`select 1 as n`)];
    expect(codes(await Promise.allSettled(both))).toEqual(['23503', '23503']);
  });

  it('of a statement that was left out is prepared again', async () => {
    const fresh = () => tx.one<{ n: number }>(sql`select ${5}::int + 37 as n`);
    await Promise.allSettled([tx.one(sql`select 1 / ${0}::int`), fresh()]);
    expect(await fresh()).toEqual({ n: 42 });
  });

  it('that cannot be read back fail alone', async () => {
    const results = await Promise.allSettled([
      tx.one(sql`select 1 as n where false`),
      tx.one(sql`select 2 as n`),
    ]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
  });
});

describe('a transaction', () => {
  it('is not committed when a write on its way fails', async () => {
    await tx.write(sql`begin`);
    const results = await Promise.allSettled([add(1), add(1), commit(client)]);
    expect(codes(results)).toEqual([echoCode, '23505', echoCode]);
    expect(await rollBack(client)).toBeUndefined();
    expect(await listed()).toEqual([]);
  });

  it('says so when it was lost before its commit', async () => {
    await tx.write(sql`begin`);
    await Promise.allSettled([add(1), add(1)]);
    await expect(commit(client)).rejects.toThrow('rolled back');
    expect(await listed()).toEqual([]);
  });

  it('takes back what was asked in the turn in which it is rolled back', async () => {
    await tx.write(sql`begin`);
    const asked = add(1);
    expect(await rollBack(client)).toBeUndefined();
    await asked;
    expect(await listed()).toEqual([]);
  });
});
