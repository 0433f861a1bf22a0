import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { rows } from './journeys/rows.ts';
import { renderRows, rowsPage } from './journeys/rows-page.ts';

it('docs/rows.md tells of every row, and that its journey passes', () => {
  const all = new Set(rows.map(({ id }) => id));
  expect(readFileSync(rowsPage, 'utf8')).toBe(renderRows(rows, all));
});

it('every row has its journey and its test', () => {
  const folder = path.join(import.meta.dirname, 'journeys');
  const missing = rows
    .flatMap(({ id }) => [`${id.toLowerCase()}.ts`, `${id.toLowerCase()}.test.ts`])
    .filter((file) => !existsSync(path.join(folder, file)));
  expect(missing).toEqual([]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});
