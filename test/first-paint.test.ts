import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { locales } from '../i18n/locales.ts';
import { root } from './source-files.ts';

/** Script that must have come before something is seen, gzipped, in bytes of 1000 a kilobyte. */
const budget = 180_000;

type Chunk = { file: string; imports?: string[] };

const folder = mkdtempSync(path.join(tmpdir(), 'firstline-build-'));
const chunks = buildConsole();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const screens = {
  'sign-in': ['index.html', 'modules/auth/sign-in-page.tsx', 'auth'],
  inbox: ['index.html', 'shell/frame.tsx', 'modules/inbox/inbox-page.tsx'],
};

test.each(Object.entries(screens))(
  'the %s screen paints after at most 180 kB of script',
  (_, parts) => {
    for (const locale of locales) {
      const starts = [...parts, 'main'].map((part) =>
        part.includes('.') ? part : catalogueOf(locale, part),
      );
      const bytes = [...reachable(starts)].reduce((sum, file) => sum + gzipped(file), 0);
      expect(bytes, locale).toBeGreaterThan(50_000);
      expect(bytes, locale).toBeLessThanOrEqual(budget);
    }
  },
  120_000,
);

function buildConsole(): Record<string, Chunk> {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const flags = [
    '--configLoader',
    'native',
    '--outDir',
    folder,
    '--emptyOutDir',
    '--manifest',
    '--logLevel',
    'error',
  ];
  execFileSync(process.execPath, [vite, 'build', '--config', 'vite.config.ts', ...flags], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
}

function catalogueOf(locale: string, part: string): string {
  const found = Object.keys(chunks).find((name) => name.endsWith(`catalogue/${locale}/${part}`));
  if (!found) throw new Error(`no catalogue ${locale}/${part}`);
  return found;
}

/** What must be there before these may run: everything that they import, and what that imports. */
function reachable(names: string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    const chunk = chunks[name];
    if (!chunk) throw new Error(`no chunk for ${name}`);
    if (seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    reachable(chunk.imports ?? [], seen);
  }
  return seen;
}

const gzipped = (file: string): number => gzipSync(readFileSync(path.join(folder, file))).length;
