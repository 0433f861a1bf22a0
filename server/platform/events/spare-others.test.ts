import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { type Queryable, sql } from '../db/database.ts';
import { reckonApart, writeApart } from './spare-others.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk({ modules: [] });
  await desk.db.write(sql`create table small (n smallint primary key)`);
});
afterAll(() => desk.close());

const inOne = <R>(work: (tx: Queryable) => Promise<R>) => desk.db.transaction([sql`begin`], work);

/** Answers what was refused, how often it asked, and what is there when all is done. */
async function keep(numbers: number[]) {
  let asked = 0;
  const failed = await inOne(async (tx) => {
    await tx.write(sql`delete from small`);
    return writeApart(tx, numbers, async (some) => {
      asked += 1;
      await tx.write(sql`insert into small select * from unnest(${[...some]}::int[])`);
    });
  });
  const rows = await desk.db.all<{ n: number }>(sql`select n from small order by n`);
  return { refused: [...failed.keys()], asked, kept: rows.map(({ n }) => n) };
}

describe('what is written apart', () => {
  it('is written at once when nothing is refused', async () => {
    expect(await keep([1, 2, 3])).toEqual({ refused: [], asked: 1, kept: [1, 2, 3] });
    expect(await keep([])).toMatchObject({ refused: [], asked: 0 });
  });

  it('goes on without what is refused, and finds it by halves', async () => {
    const numbers = Array.from({ length: 1000 }, (_, n) => n);
    const { refused, asked, kept } = await keep(numbers.with(0, 40_000).with(777, 50_000));
    expect(refused).toEqual([40_000, 50_000]);
    expect(kept).toEqual(numbers.filter((n) => n !== 0 && n !== 777));
    expect(asked).toBeLessThan(45);
  });

  it('is refused whole when everything is', async () => {
    expect(await keep([40_000, 50_000])).toMatchObject({ refused: [40_000, 50_000], kept: [] });
  });

  it('fails with what is no item’s fault, also on the way to one that is', async () => {
    const work = (tx: Queryable) =>
      writeApart(tx, [1, 40_000], async (some) => {
        if (some.length === 1) await tx.write(sql`select * from no_such_table`);
        await tx.write(sql`insert into small select * from unnest(${[...some]}::int[])`);
      });
    await expect(inOne(work)).rejects.toMatchObject({ code: '42P01' });
    const broken = (tx: Queryable) => writeApart(tx, [1], () => Promise.reject(new TypeError('of ours')));
    await expect(inOne(broken)).rejects.toThrow(TypeError);
  });
});

it('reckons for each apart', () => {
  const { done, failed } = reckonApart([1, 0, 2], (n) => {
    if (n === 0) throw new RangeError('nothing');
    return n * 2;
  });
  expect([...done]).toEqual([
    [1, 2],
    [2, 4],
  ]);
  expect([...failed]).toMatchObject([[0, { message: 'nothing' }]]);
});
