import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { commit, type Joint, type Queryable, queriesOn, rollBack, sql } from './database.ts';
import { jsonRows } from './json-rows.ts';
import { echoCode, isServersAnswer } from './prepared-query.ts';

let desk: TestDesk;
let client: pg.PoolClient;
let one: Queryable;
let other: Queryable;

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.db.write(sql`create table probes (n integer primary key, word text)`);
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.write(sql`delete from probes`);
  client = await desk.db.connect();
  [one, other] = [queriesOn(client), queriesOn(client)];
});
afterEach(() => client.release());

interface Seen {
  n: number;
  /** How many items the statement had, and how many probes there were. */
  items: number;
  probes: number;
}

const looking: Joint<number, Seen> = {
  key: (n) => n,
  of: ({ n }) => n,
  statement: (numbers) => sql`
    select n, count(*) over () as items, (select count(*) from probes) as probes
    from unnest(${numbers}::int[]) as wanted (n) where n > 0`,
};
const adding: Joint<{ n: number; word?: string }> = {
  key: ({ n }) => n,
  statement: (rows) =>
    sql`insert into probes select * from json_to_recordset(${jsonRows(rows)}) as row (n int, word text)`,
  meaning: (error) => ((error as { code: string }).code === '23505' ? new Error('is there already') : error),
};
const add = (n: number) => sql`insert into probes values (${n})`;
const count = async () => (await desk.db.one<{ n: number }>(sql`select count(*) as n from probes`)).n;

it('what several ask at once is one statement, and each hears its own rows', async () => {
  const answers = await Promise.all([
    one.joined(looking, 1),
    other.joined(looking, 2),
    one.joined(looking, -3),
  ]);
  expect(answers).toEqual([[{ n: 1, items: 2, probes: 0 }], [{ n: 2, items: 2, probes: 0 }], []]);
});

it('two about the same are two statements', async () => {
  const answers = await Promise.all([one.joined(looking, 1), other.joined(looking, 1)]);
  expect(answers.flat().map(({ items }) => items)).toEqual([1, 1]);
});

it('nobody’s question goes before what the same one has asked earlier', async () => {
  const [first, , after] = await Promise.all([
    one.joined(looking, 1),
    other.write(add(7)),
    other.joined(looking, 2),
  ]);
  expect([...first, ...after].map(({ items, probes }) => [items, probes])).toEqual([
    [1, 0],
    [1, 1],
  ]);
  const [, late, early] = await Promise.all([
    one.write(add(8)),
    one.joined(looking, 1),
    other.joined(looking, 2),
  ]);
  expect([...late, ...early].map(({ items, probes }) => [items, probes])).toEqual([
    [2, 2],
    [2, 2],
  ]);
});

it('one that cannot be put into words takes back all that was to go with it', async () => {
  const broken: Joint<number> = {
    key: (n) => n,
    statement: () => {
      throw new Error('no words');
    },
  };
  await one.write(sql`begin`);
  const results = await Promise.allSettled([one.write(add(1)), other.joined(broken, 1), commit(client)]);
  expect(results.map((result) => (result as PromiseRejectedResult).reason.message)).toEqual(
    Array(3).fill('no words'),
  );
  expect(await rollBack(client)).toBeUndefined();
  expect(await count()).toBe(0);
});

it('a refusal has a meaning for all who asked, an echo for their neighbours, and nothing is written', async () => {
  await one.write(add(2));
  const results = await Promise.allSettled([
    one.joined(adding, { n: 1 }),
    other.joined(adding, { n: 2 }),
    other.write(add(3)),
  ]);
  const reasons = results.map((result) => (result as PromiseRejectedResult).reason);
  expect(reasons.slice(0, 2).map(String)).toEqual(Array(2).fill('Error: is there already'));
  expect(reasons.slice(0, 2).every(isServersAnswer)).toBe(true);
  expect(reasons[2].code).toBe(echoCode);
  expect(await count()).toBe(1);
});

it('keeps of a text what the database can keep', async () => {
  const words = ['nul\u0000', 'half \ud83d', 'whole \u{1f600}', 'as written \\u0000 \\ud83d "\\'];
  await Promise.all(words.map((word, n) => one.joined(adding, { n, word })));
  const rows = await desk.db.all<{ word: string }>(sql`select word from probes order by n`);
  expect(rows.map(({ word }) => word)).toEqual(['nul', 'half \ufffd', 'whole \u{1f600}', words[3]]);
});
