import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'firstline-folder-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('makes what is missing on the way, also for two at once, and takes what is there', async () => {
  const deep = path.join(folder, 'a', 'b', 'c');
  await Promise.all([makeFolder(deep, 0o700), makeFolder(deep, 0o700)]);
  await makeFolder(deep, 0o700);
  expect((await stat(deep)).mode & 0o777).toBe(0o700);
});

it('does not take a file for one', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  await expect(makeFolder(file, 0o700)).rejects.toThrow('EEXIST');
  await expect(makeFolder(path.join(file, 'below'), 0o700)).rejects.toThrow('EEXIST');
});

it.runIf(process.platform === 'linux')('says at once that a place takes no folders', async () => {
  await expect(makeFolder('/proc/firstline/deeper', 0o700)).rejects.toThrow('ENOENT');
});
