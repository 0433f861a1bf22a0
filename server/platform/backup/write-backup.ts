import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { connectAlone } from '../db/connect-alone.ts';
import type { Connection } from '../db/database.ts';
import { makeFolder } from '../files/make-folder.ts';
import { BackupRefused, type Manifest, manifestName, storedFile, tableFile } from './manifest.ts';

export interface BackupReport {
  tables: number;
  rows: number;
  files: number;
  /** Of the files, copied now; the others lay there from an earlier backup into the same folder. */
  copied: number;
}

/**
 * Writes all of a desk into a folder, while it runs: the tables as they were at one instant, and the files they speak
 * of. A second backup into the same folder replaces the first and copies only the files that are new. Whatever ends it
 * early leaves a folder without a manifest, which is no backup.
 */
export async function writeBackup(
  connection: Connection,
  files: string,
  target: string,
): Promise<BackupReport> {
  await openTarget(target);
  const client = await connectAlone(connection);
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows: migrations } = await client.query('select name, digest from migrations order by name');
    if (migrations.length === 0) throw new BackupRefused('there is no desk in this database yet');
    const tables: Manifest['tables'] = [];
    for (const table of await listTables(client)) tables.push(await writeTable(client, target, table));
    const sequences = await listSequences(client);
    const { copied, ...stored } = await copyFiles(client, connection, files, target);
    await client.query('commit');
    const madeAt = new Date().toISOString();
    await writeManifest(target, { format: 1, madeAt, migrations, tables, sequences, files: stored });
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return { tables: tables.length, rows, files: stored.count, copied };
  } finally {
    await client.end();
  }
}

async function openTarget(target: string): Promise<void> {
  await makeFolder(path.join(target, 'tables'), 0o700).catch((error: NodeJS.ErrnoException) => {
    throw new BackupRefused(`${target} cannot be made (${error.code}); name a folder this user may make`);
  });
  const known = new Set(['tables', 'files', manifestName]);
  const strange = (await readdir(target)).find((name) => !known.has(name));
  if (strange) throw new BackupRefused(`${target} holds ${strange}; give the backup a folder of its own`);
  await rm(path.join(target, manifestName), { force: true });
}

export interface TableColumns {
  name: string;
  columns: string[];
}

/** Every table that is logged, but the list of migrations, with the columns that are stored and not computed. */
export async function listTables(client: pg.Client): Promise<TableColumns[]> {
  const { rows } = await client.query<TableColumns>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relpersistence = 'p'
      and c.relname <> 'migrations'
    group by c.relname order by c.relname`);
  return rows;
}

export const quoted = (names: string[]): string => names.map((name) => pg.escapeIdentifier(name)).join(', ');

async function writeTable(
  client: pg.Client,
  target: string,
  table: TableColumns,
): Promise<Manifest['tables'][number]> {
  const file = path.join(target, tableFile(table.name));
  const rows = client.query(
    copyTo(`copy ${pg.escapeIdentifier(table.name)} (${quoted(table.columns)}) to stdout`),
  );
  const digest = createHash('sha256');
  const hashed = new PassThrough().on('data', (chunk: Buffer) => digest.update(chunk));
  let count = 0;
  rows.on('data', (chunk: Buffer) => {
    // The text format ends each row with a line feed, and writes those inside as \n.
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count++;
  });
  await pipeline(
    rows,
    createGzip({ level: 4 }),
    hashed,
    createWriteStream(file, { mode: 0o600, flush: true }),
  );
  return { ...table, rows: count, sha256: digest.digest('hex') };
}

async function listSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'S'`,
  );
  const sequences: Manifest['sequences'] = [];
  for (const { name } of rows) {
    const { rows: found } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${pg.escapeIdentifier(name)}`,
    );
    sequences.push({ name, ...(found[0] as { last: string; called: boolean }) });
  }
  return sequences;
}

/** The bytes that rows of this instant speak of. */
async function copyFiles(client: pg.Client, connection: Connection, files: string, target: string) {
  const { rows } = await client.query<{ sha256: string; size: string }>(
    `select encode(sha256, 'hex') as sha256, size from files order by sha256`,
  );
  const found = { count: 0, bytes: 0, copied: 0, dropped: [] as string[] };
  for (const { sha256, size } of rows) {
    const from = path.join(files, sha256.slice(0, 2), sha256);
    const to = path.join(target, storedFile(sha256));
    const there = (await sizeOf(to)) === Number(size);
    if (!there && !(await copyDurably(from, to))) {
      if (await isStillKnown(connection, sha256))
        throw new BackupRefused(`the file ${sha256} is missing in ${files}`);
      found.dropped.push(sha256);
      continue;
    }
    found.count++;
    found.bytes += Number(size);
    if (!there) found.copied++;
  }
  await dropOthers(target, new Set(rows.map(({ sha256 }) => sha256)));
  return found;
}

/** False when there is nothing to copy. */
async function copyDurably(from: string, to: string): Promise<boolean> {
  if ((await sizeOf(from)) === null) return false;
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, `${to}.new`);
  const copy = await open(`${to}.new`, 'r+');
  await copy.sync().finally(() => copy.close());
  await rename(`${to}.new`, to);
  return true;
}

/** Now, and not at the instant of the backup: what was erased since is not missed. */
async function isStillKnown(connection: Connection, sha256: string): Promise<boolean> {
  const client = await connectAlone(connection);
  try {
    const { rows } = await client.query(`select from files where sha256 = decode($1, 'hex')`, [sha256]);
    return rows.length > 0;
  } finally {
    await client.end();
  }
}

const sizeOf = (file: string): Promise<number | null> =>
  stat(file).then(
    ({ size }) => size,
    () => null,
  );

/** Of an earlier backup: what was erased since must not lie there for ever. */
async function dropOthers(target: string, kept: ReadonlySet<string>): Promise<void> {
  const folder = path.join(target, 'files');
  for (const shard of await readdir(folder).catch(() => [])) {
    for (const name of await readdir(path.join(folder, shard))) {
      if (!kept.has(name)) await rm(path.join(folder, shard, name), { force: true });
    }
  }
}

async function writeManifest(target: string, manifest: Manifest): Promise<void> {
  const file = path.join(target, manifestName);
  await writeFile(`${file}.new`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  const folder = await open(target, 'r');
  await folder.sync().finally(() => folder.close());
}
