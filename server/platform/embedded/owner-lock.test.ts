import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EmbeddedInUse } from './embedded-failure.ts';
import { type OwnerLock, takeOwnerLock } from './owner-lock.ts';
import { getPidSpace } from './process-identity.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'owner-lock-'));
  file = join(folder, 'owner.lock');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function describeOwner(change: object): string {
  const owner = { token: 't', pid: process.pid, processStart: '1', pidSpace: getPidSpace(), host: 'here' };
  return JSON.stringify({ ...owner, since: '', socketFolder: '/tmp/firstline-old', ...change });
}

async function race(starters: number): Promise<PromiseSettledResult<OwnerLock>[]> {
  return Promise.allSettled(
    Array.from({ length: starters }, () => takeOwnerLock(file, '/tmp/firstline-new')),
  );
}

test.each([
  ['nobody', undefined],
  ['a dead owner', describeOwner({})],
  ['an owner whose file was cut by a power loss', '{"token":'],
])('of twelve starters after %s exactly one wins', async (_who, content) => {
  if (content !== undefined) await writeFile(file, content);
  const results = await race(12);
  const won = results.filter((result) => result.status === 'fulfilled');
  const refused = results.filter((result) => result.status === 'rejected');
  expect(won).toHaveLength(1);
  expect(refused.every((result) => result.reason instanceof EmbeddedInUse)).toBe(true);
  await won[0]?.value.release();
  expect(await readdir(folder)).toEqual([]);
});

test('remembers the socket folder of the dead owner', async () => {
  await writeFile(file, describeOwner({}));
  const lock = await takeOwnerLock(file, '/tmp/firstline-new');
  expect(lock.previousSocketFolder).toBe('/tmp/firstline-old');
  await lock.release();
});

test('a pid that was used again is not the owner, the same process is', async () => {
  await writeFile(file, describeOwner({ processStart: 'earlier' }));
  const lock = await takeOwnerLock(file, '');
  await expect(takeOwnerLock(file, '')).rejects.toMatchObject({ ownerPid: process.pid });
  await lock.release();
});

test('an owner elsewhere counts while its file is touched', async () => {
  const theirs = describeOwner({ pid: 1, pidSpace: 'another container', host: 'box' });
  await writeFile(file, theirs);
  const touching = setInterval(() => void writeFile(file, theirs), 100);
  await expect(takeOwnerLock(file, '')).rejects.toThrow('pid 1 on box');
  clearInterval(touching);
});

test('releasing does not remove the lock of somebody else', async () => {
  const lock = await takeOwnerLock(file, '');
  await writeFile(file, describeOwner({ token: 'theirs' }));
  await lock.release();
  expect(await readFile(file, 'utf8')).toContain('theirs');
});
