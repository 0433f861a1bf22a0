import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { refuseOldServer } from '../server/explain-start.ts';
import { cloneDatabase } from './desk.ts';
import { startProcess, untilReady } from './running-desk.ts';

/** What stands in the way of a start is one line that says what to do; the process ends, and nothing is damaged. */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let databaseUrl: string;
let folder: string;
beforeAll(async () => {
  clone = await cloneDatabase();
  databaseUrl = urlOf(clone.connection);
  folder = await mkdtemp(path.join(os.tmpdir(), 'firstline-refused-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await clone.drop();
});

function urlOf({ connectionString, host, port, user, database }: pg.PoolConfig): string {
  if (connectionString) return connectionString;
  return `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host ?? '')}`;
}

const fresh = () => ({ DATA_DIR: path.join(folder, 'data'), DATABASE_URL: databaseUrl });

/** The one line it ends with. */
async function refusal(env: Record<string, string>): Promise<string> {
  const started = await startProcess({ ...fresh(), LOG_LEVEL: 'silent', ...env });
  expect(await started.exited, started.output()).toBe(1);
  const lines = started.output().trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/\bat \S+:\d+:\d+|Error:/);
  return lines[0] ?? '';
}

async function listening(): Promise<{ port: number; close(): void }> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as net.AddressInfo).port, close: () => server.close() };
}

describe('a start is refused for', () => {
  it('a setting that is none', async () => {
    expect(await refusal({ PORT: 'x', MODE: 'half' })).toMatch(/^PORT: .*; MODE: /);
  });

  it('a web port or a mail port that is taken', async () => {
    const taken = await listening();
    try {
      expect(await refusal({ PORT: String(taken.port) })).toMatch(
        new RegExp(`^PORT ${taken.port} .* is in use; set PORT`),
      );
      const at = `127.0.0.1:${taken.port}`;
      expect(await refusal({ SMTP_LISTEN: at })).toBe(
        `SMTP_LISTEN ${at} is in use; set it to a free one, or off`,
      );
    } finally {
      taken.close();
    }
  });

  it('an address that is not this machine’s', async () => {
    expect(await refusal({ HOST: '203.0.113.9' })).toMatch(/^PORT \d+ on HOST 203\.0\.113\.9 is no address/);
    const smtp = { SMTP_LISTEN: '203.0.113.9:2525' };
    expect(await refusal(smtp)).toBe('SMTP_LISTEN 203.0.113.9:2525 is no address of this machine');
  });

  it('a database that is not there, or not its own', async () => {
    const closed = await listening();
    closed.close();
    const away = await refusal({ DATABASE_URL: `postgres://desk:secret@127.0.0.1:${closed.port}/desk` });
    expect(away).toMatch(
      /^DATABASE_URL: the database at 127\.0\.0\.1:\d+\/desk cannot be reached \(ECONNREFUSED\)/,
    );
    expect(away).not.toContain('secret');
    const url = new URL(databaseUrl);
    url.pathname = '/no_such_desk';
    expect(await refusal({ DATABASE_URL: url.toString() })).toMatch(/no_such_desk does not exist/);
  });

  it('a data folder that cannot be one', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    expect(await refusal({ DATA_DIR: file })).toMatch(/^DATA_DIR .*a-file/);
    expect(await refusal({ DATA_DIR: path.join(file, 'below') })).toMatch(/^DATA_DIR .*below cannot be made/);
  });

  it.runIf(process.platform === 'linux')('a data folder in a place that takes none', async () => {
    expect(await refusal({ DATA_DIR: '/proc/firstline', DATABASE_URL: '' })).toBe(
      'DATA_DIR /proc/firstline cannot be made (ENOENT); set it to a folder this user may make',
    );
  });

  it('a database that a newer version made, and leaves it as it was', async () => {
    const client = new pg.Client(clone.connection);
    await client.connect();
    const tables = async () => (await client.query('select count(*) from pg_class')).rows;
    await client.query("insert into migrations values ('9999-later.sql', 'x')");
    const before = await tables();
    expect(await refusal({})).toMatch(/made by a newer Firstline \(it holds 9999-later\.sql\)/);
    expect(await tables()).toEqual(before);
    await client.query("delete from migrations where name = '9999-later.sql'");
    await client.end();
    const running = await untilReady(await startProcess(fresh()));
    expect(await running.stop()).toBe(0);
  });

  it('a server that is too old', () => {
    expect(() => refuseOldServer(140_012)).toThrow('PostgreSQL 15 or newer is needed, and this is 14');
    expect(() => refuseOldServer(150_000)).not.toThrow();
  });

  it('a second process on one data folder, while the first serves on', async () => {
    const own = { DATA_DIR: path.join(folder, 'own'), DATABASE_URL: '' };
    const first = await untilReady(await startProcess(own));
    try {
      expect(await refusal(own)).toMatch(/is in use by .*pid \d+.* point DATA_DIR elsewhere/);
      expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    } finally {
      expect(await first.stop()).toBe(0);
    }
  });
});

it('any free port is named in words, and answers', async () => {
  const running = await startProcess({ ...fresh(), PORT: '0', SMTP_LISTEN: '127.0.0.1:0' });
  try {
    await vi.waitFor(() => expect(running.output()).toMatch(/Mail \(SMTP\)/), {
      timeout: 60_000,
      interval: 50,
    });
    const [, url = '', port] = /^Console: +(http:\/\/localhost:(\d+))\/$/m.exec(running.output()) ?? [];
    expect(Number(port)).toBeGreaterThan(0);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  } finally {
    expect(await running.stop()).toBe(0);
  }
});
