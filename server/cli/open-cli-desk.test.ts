import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../platform/config.ts';
import { withDesk } from './open-cli-desk.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('says of a wrong folder that no desk is there, and makes none', async () => {
  const wrong = path.join(folder, 'data-typo');
  const looked = withDesk(readConfig({ DATA_DIR: wrong }), true, async () => 'looked');
  await expect(looked).rejects.toThrow(`DATA_DIR ${wrong} holds no desk`);
  expect(existsSync(wrong)).toBe(false);
});
