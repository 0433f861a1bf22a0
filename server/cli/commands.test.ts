import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openTestDesk, type TestDesk } from '../../test/desk.ts';
import { sql } from '../platform/db/database.ts';
import { commands, findCommand } from './commands.ts';

let desk: TestDesk;
const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-cli-'));
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What it prints, and whether all went well. */
async function run(name: string, ...words: string[]): Promise<{ said: string; good: boolean }> {
  const said: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  try {
    const good = (await commands[name]?.run(desk, words)) ?? false;
    return { said: said.join(''), good };
  } finally {
    spy.mockRestore();
  }
}

const wrongWith = (line: string): string | null => {
  const found = findCommand(line === '' ? [] : line.split(' '));
  return 'wrong' in found ? found.wrong : null;
};

it.each([
  'backup /x',
  'doctor',
  'import history a b',
  'reprocess quarantined',
  'reprocess 1 2',
  'restore /x',
])('takes "%s"', (line) => {
  expect(wrongWith(line)).toBeNull();
});

it.each([
  ['', 'Which command?'],
  ['bakcup /x', 'There is no command "bakcup".'],
  ['constructor', 'There is no command "constructor".'],
  ['--help', 'There is no command "--help".'],
  ['backup', '"backup" takes FOLDER, and was given nothing.'],
  ['backup a b', '"backup" takes FOLDER, and was given "a b".'],
  ['doctor now', '"doctor" takes nothing more, and was given "now".'],
  ['import history', '"import" takes history FILE…, and was given "history".'],
  ['import orders a', '"import" takes history FILE…, and was given "orders a".'],
  ['reprocess', '"reprocess" takes quarantined|ID…, and was given nothing.'],
  ['restore', '"restore" takes FOLDER, and was given nothing.'],
])('says what is wrong with "%s"', (line, wrong) => {
  expect(wrongWith(line)).toBe(wrong);
});

it('says which file cannot be read', async () => {
  const missing = path.join(folder, 'missing.ndjson');
  await expect(run('import', 'history', missing)).rejects.toThrow(`${missing} cannot be read`);
});

it('imports histories, says which lines were refused and why, and again changes nothing', async () => {
  const file = path.join(folder, 'old.ndjson');
  const line = (id: string) =>
    JSON.stringify({
      id,
      subject: 'Old one',
      createdAt: '2025-01-01T10:00:00Z',
      channel: 'email',
      customer: 'c@d.example',
      events: [{ at: '2025-01-01T10:00:00Z', type: 'message', author: 'customer', public: true, body: 'x' }],
    });
  writeFileSync(file, `${line('h1')}\n{"id":"h2"}\n${line('h3')}\n`);
  const first = await run('import', 'history', file);
  expect(first.good).toBe(false);
  expect(first.said).toMatch(/old\.ndjson:2 .*createdAt/);
  expect(first.said).toMatch(/2 created, 0 extended, 0 unchanged, 1 refused\n$/);
  expect((await run('import', 'history', file)).said).toMatch(
    /0 created, 0 extended, 2 unchanged, 1 refused\n$/,
  );
});

it('has mails of the quarantine read again, and says which it cannot', async () => {
  const { id } = await desk.db.one<{ id: number }>(sql`
    insert into mails (received_at, envelope_from, envelope_to, remote, size, sha256, raw, fate, cause)
    values (now(), 'a@b.example', 'help@x.example', '127.0.0.1', 2, '\\x00', '\\x0d0a', 'quarantined', 'failed') returning id`);
  expect(await run('reprocess', 'quarantined')).toEqual({
    said: '1 mails are to be read again.\n',
    good: true,
  });
  const { fate } = await desk.db.one<{ fate: string }>(sql`select fate from mails where id = ${id}`);
  expect(fate).toBe('received');
  expect(await run('reprocess', '999999')).toMatchObject({ good: false });
});
