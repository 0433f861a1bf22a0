import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { modulesPage } from './modules-page.ts';
import { root } from './source-files.ts';

it('docs/modules.md is what the floor plan says', () => {
  const file = path.join(root, 'docs/modules.md');
  if (process.env.UPDATE_DOCS === '1') writeFileSync(file, modulesPage());
  expect(readFileSync(file, 'utf8')).toBe(modulesPage());
});
