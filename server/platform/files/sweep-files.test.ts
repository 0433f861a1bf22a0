import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { type Queryable, sql } from '../db/database.ts';
import { openFileStore } from './file-store.ts';
import { sweepFiles } from './sweep-files.ts';

let desk: TestDesk;
const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-sweep-'));
beforeAll(async () => {
  desk = await openTestDesk({ modules: [] });
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const later = () => new Date(Date.now() + 1000);
const know = (sha256: string) =>
  desk.db.write(sql`insert into files (sha256, size) values (decode(${sha256}, 'hex'), 1)`);

it('takes away what no row speaks of, but nothing that is young or known', async () => {
  const files = await openFileStore(folder);
  const [kept, lost] = [await files.write(bytes('kept')), await files.write(bytes('lost'))];
  await know(kept.sha256);
  expect(await sweepFiles(desk.db, folder, new Date(Date.now() - 60_000))).toBe(0);
  expect(await sweepFiles(desk.db, folder, later())).toBe(1);
  expect([await files.has(kept.sha256), await files.has(lost.sha256)]).toEqual([true, false]);
  expect(readdirSync(path.join(folder, 'incoming'))).toEqual([]);
});

it('gives back what gets its row while it is being taken away', async () => {
  const files = await openFileStore(folder);
  const { sha256 } = await files.write(bytes('known a moment later'));
  let asked = 0;
  const slow: Queryable = {
    ...desk.db,
    all: async <R extends object>(query: Parameters<typeof desk.db.all>[0]) => {
      if (++asked === 2) await know(sha256);
      return desk.db.all<R>(query);
    },
  };
  const only = path.join(folder, sha256.slice(0, 2));
  for (const shard of readdirSync(folder)) {
    const place = path.join(folder, shard);
    if (place !== only && shard !== 'incoming') rmSync(place, { recursive: true });
  }
  expect(await sweepFiles(slow, folder, later())).toBe(0);
  expect(await files.has(sha256)).toBe(true);
});
