import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedInUse } from './embedded-failure.ts';
import { findClosedFolder } from './launcher.ts';
import { findNativeBinaries } from './native-binaries.ts';
import { findProcessStart } from './process-identity.ts';
import { type EmbeddedDatabase, startEmbedded } from './start-embedded.ts';

const isRoot = process.getuid?.() === 0;
let root: string;
/** One cluster serves all tests here: making one costs a second. */
let folder: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'embedded-test-'));
  await chmod(root, 0o700);
  folder = join(root, 'a path with spaces', 'postgres');
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function ask(database: EmbeddedDatabase, sql: string): Promise<unknown[][]> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

async function holdInChild(statement: string, path = process.env.PATH) {
  const script = join(import.meta.dirname, 'hold-embedded.ts');
  const child = spawn(process.execPath, [script, folder, statement], {
    env: { ...process.env, PATH: path, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, postmaster: await readPostmaster(child) };
}

function readPostmaster(child: ChildProcess): Promise<number> {
  return new Promise((tell, fail) => {
    child.stdout?.on('data', (chunk: Buffer) => tell(Number(/ready (\d+)/.exec(chunk.toString())?.[1])));
    child.once('exit', () => fail(new Error('the child ended early')));
  });
}

async function waitForEnd(pid: number, seconds: number): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000; waited += 20) {
    if (findProcessStart(pid) === undefined) return true;
    await sleep(20);
  }
  return false;
}

async function makeToolFolder(bin: string, tools: string[]): Promise<string> {
  await mkdir(bin);
  for (const tool of ['true', ...tools]) await symlink(`/usr/bin/${tool}`, join(bin, tool));
  return bin;
}

describe('startEmbedded', () => {
  test('serves from a private folder in a path with spaces, and leaves nothing behind', async () => {
    const database = await startEmbedded({ folder, durable: false });
    expect(await ask(database, "select current_database(), current_setting('listen_addresses')")).toEqual([
      ['firstline', ''],
    ]);
    expect(
      await ask(database, "select datlocprovider, datlocale from pg_database where datname = 'firstline'"),
    ).toEqual([['b', 'C.UTF-8']]);
    const socketFolder = await stat(database.connection.host);
    expect(socketFolder.mode & 0o777).toBe(0o700);

    const second = startEmbedded({ folder });
    await expect(second).rejects.toBeInstanceOf(EmbeddedInUse);
    await expect(second).rejects.toThrow(`pid ${process.pid}`);

    await database.stop();
    expect(findProcessStart(database.pid)).toBeUndefined();
    await expect(stat(database.connection.host)).rejects.toThrow('ENOENT');
    expect((await readdir(folder)).sort()).toEqual(['cluster', 'postgres.log']);
  });

  test('tells another process who owns the folder', async () => {
    const { child } = await holdInChild('select 1');
    await expect(startEmbedded({ folder })).rejects.toThrow(
      new RegExp(`in use by another Firstline \\(pid ${child.pid} on .*Stop it first`),
    );
    child.kill('SIGTERM');
    await waitForEnd(child.pid ?? 0, 5);
  });

  test('ends with a killed owner, and the data is there on the next start', async (context) => {
    if (process.platform !== 'linux') context.skip('only Linux ends a child with its parent');
    const { child, postmaster } = await holdInChild('create table kept as select 42 as answer');
    child.kill('SIGKILL');
    expect(await waitForEnd(postmaster, 10)).toBe(true);
    const database = await startEmbedded({ folder });
    expect(await ask(database, 'select answer from kept')).toEqual([[42]]);
    await database.stop();
  });

  test('stops what a killed owner left running where nothing ends it', async (context) => {
    if (process.platform !== 'linux') context.skip('the tools are named as on Linux');
    const path = await makeToolFolder(join(root, 'without-setpriv'), ['unshare']);
    const { child, postmaster } = await holdInChild('create table also_kept as select 43 as answer', path);
    child.kill('SIGKILL');
    await waitForEnd(child.pid ?? 0, 5);
    await sleep(300);
    expect(findProcessStart(postmaster)).toBeDefined();
    const database = await startEmbedded({ folder });
    expect(findProcessStart(postmaster)).toBeUndefined();
    expect(await ask(database, 'select answer from also_kept')).toEqual([[43]]);
    await database.stop();
  });

  test('starts a server that was killed again, with what was acknowledged', async () => {
    const heard: string[] = [];
    const database = await startEmbedded({ folder, report: (line) => heard.push(line) });
    await ask(database, 'create table acknowledged as select 44 as answer');
    const first = database.pid;
    process.kill(first, 'SIGKILL');
    for (let waited = 0; heard.length === 0 && waited < 20_000; waited += 50) await sleep(50);
    expect(heard).toEqual([`The database died and was started again (pid ${database.pid}).`]);
    expect(database.pid).not.toBe(first);
    expect(await ask(database, 'select answer from acknowledged')).toEqual([[44]]);
    await database.stop();
  });

  test('as root without user namespaces it serves as nobody, or names the closed folder', async (context) => {
    if (!isRoot || process.platform !== 'linux') context.skip('needs to be root on Linux');
    const path = process.env.PATH;
    const open = await mkdtemp(join(tmpdir(), 'embedded-open-'));
    await chmod(open, 0o755);
    process.env.PATH = await makeToolFolder(join(open, 'without-unshare'), ['setpriv']);
    try {
      const closed = await findClosedFolder([(await findNativeBinaries()).postgres], 65534);
      await expect(startEmbedded({ folder })).rejects.toThrow(`cannot enter ${closed ?? root}`);
      const start = startEmbedded({ folder: join(open, 'postgres') });
      if (closed !== undefined) {
        await expect(start).rejects.toThrow(`cannot enter ${closed}`);
        return;
      }
      const database = await start;
      expect((await stat(join(open, 'postgres', 'cluster'))).uid).toBe(65534);
      await database.stop();
      process.env.PATH = path;
      const again = await startEmbedded({ folder: join(open, 'postgres') });
      expect((await stat(join(open, 'postgres', 'cluster'))).uid).not.toBe(65534);
      await again.stop();
    } finally {
      process.env.PATH = path;
      await rm(open, { recursive: true, force: true });
    }
  });

  test.each([
    ['19', 'use the newer Firstline'],
    ['17', 'start the older Firstline'],
  ])('refuses the data of PostgreSQL %s and changes nothing', async (major, advice) => {
    const other = join(root, `made-by-${major}`);
    await mkdir(join(other, 'cluster'), { recursive: true });
    await writeFile(join(other, 'cluster', 'PG_VERSION'), `${major}\n`);
    await expect(startEmbedded({ folder: other })).rejects.toThrow(advice);
    expect(await readdir(other)).toEqual(['cluster']);
    expect(await readFile(join(other, 'cluster', 'PG_VERSION'), 'utf8')).toBe(`${major}\n`);
  });
});
