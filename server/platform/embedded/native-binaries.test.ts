import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linkLibraries } from './native-binaries.ts';

test('library links are made once, also by two starters at the same time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'native-'));
  await mkdir(join(folder, 'native', 'lib'), { recursive: true });
  const list = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(list));
  await Promise.all([linkLibraries(folder), linkLibraries(folder), linkLibraries(folder)]);
  expect(await readlink(join(folder, 'native', 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  await rm(folder, { recursive: true });
});
