import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { connectAlone } from '../db/connect-alone.ts';
import type { Connection, Database } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import {
  BackupRefused,
  type Manifest,
  manifestName,
  manifestShape,
  storedFile,
  tableFile,
} from './manifest.ts';
import { listTables, quoted } from './write-backup.ts';

export interface RestoreReport {
  madeAt: string;
  rows: number;
  files: number;
  /** Applied after the tables were loaded: the backup is of an older version. */
  migrated: string[];
}

/**
 * Brings a backup into an empty database and an empty folder of files: the schema as it was, the rows, the files, and
 * then the migrations since. The tables come in one transaction, after every file of theirs was compared with what the
 * manifest says of it.
 */
export async function restoreBackup(
  db: Database,
  connection: Connection,
  files: string,
  source: string,
): Promise<RestoreReport> {
  const manifest = await readManifest(source);
  for (const table of manifest.tables) await compareTable(source, table);
  await migrate(db, manifest.migrations);
  await loadTables(connection, source, manifest);
  const restored = await bringFiles(source, files, connection, new Set(manifest.files.dropped));
  const migrated = await migrate(db);
  return {
    madeAt: manifest.madeAt,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    files: restored,
    migrated,
  };
}

async function readManifest(source: string): Promise<Manifest> {
  const text = await readFile(path.join(source, manifestName), 'utf8').catch(() => null);
  if (text === null) throw new BackupRefused(`${source} is no finished backup: it has no ${manifestName}`);
  const read = manifestShape.safeParse(JSON.parse(text));
  if (!read.success)
    throw new BackupRefused(`${source} was made by a version of Firstline that this one does not know`);
  return read.data;
}

async function compareTable(source: string, table: Manifest['tables'][number]): Promise<void> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path.join(source, tableFile(table.name)))) digest.update(chunk);
  if (digest.digest('hex') !== table.sha256)
    throw new BackupRefused(
      `${tableFile(table.name)} in ${source} is not what was written; nothing was restored`,
    );
}

async function loadTables(connection: Connection, source: string, manifest: Manifest): Promise<void> {
  const client = await connectAlone(connection);
  try {
    await client.query('begin');
    await refuseFilled(client);
    const known = new Set((await listTables(client)).map(({ name }) => name));
    const strange = manifest.tables.find(({ name }) => !known.has(name));
    if (strange)
      throw new BackupRefused(`the backup holds a table ${strange.name} that its own migrations do not make`);
    const references = await dropReferences(client);
    await client.query(`truncate ${quoted([...known])}`);
    for (const table of manifest.tables) await loadTable(client, source, table);
    for (const { name, last, called } of manifest.sequences)
      await client.query('select setval($1::regclass, $2, $3)', [pg.escapeIdentifier(name), last, called]);
    await makeReferences(client, references);
    await client.query('commit');
    await client.query('analyze');
  } finally {
    // What did not commit is gone with the connection.
    await client.end();
  }
}

async function refuseFilled(client: pg.Client): Promise<void> {
  const { rows } = await client.query('select from events limit 1');
  if (rows.length > 0)
    throw new BackupRefused('this database holds a desk already; restore into an empty one');
}

async function loadTable(
  client: pg.Client,
  source: string,
  table: Manifest['tables'][number],
): Promise<void> {
  await client.query(`alter table ${pg.escapeIdentifier(table.name)} disable trigger user`);
  const rows = client.query(
    copyFrom(`copy ${pg.escapeIdentifier(table.name)} (${quoted(table.columns)}) from stdin`),
  );
  await pipeline(createReadStream(path.join(source, tableFile(table.name))), createGunzip(), rows);
  await client.query(`alter table ${pg.escapeIdentifier(table.name)} enable trigger user`);
}

interface Reference {
  table: string;
  name: string;
  definition: string;
}

/** Tables refer to each other and to themselves: no order of loading would please all of them. */
async function dropReferences(client: pg.Client): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`);
  for (const { table, name } of rows)
    await client.query(`alter table ${table} drop constraint ${pg.escapeIdentifier(name)}`);
  return rows;
}

/** Which also proves that every one of them holds. */
async function makeReferences(client: pg.Client, references: Reference[]): Promise<void> {
  for (const { table, name, definition } of references)
    await client.query(`alter table ${table} add constraint ${pg.escapeIdentifier(name)} ${definition}`);
}

async function bringFiles(
  source: string,
  files: string,
  connection: Connection,
  dropped: ReadonlySet<string>,
): Promise<number> {
  const client = await connectAlone(connection);
  try {
    const { rows } = await client.query<{ sha256: string }>(
      `select encode(sha256, 'hex') as sha256 from files`,
    );
    const wanted = rows.filter(({ sha256 }) => !dropped.has(sha256));
    for (const { sha256 } of wanted) await bringFile(path.join(source, storedFile(sha256)), files, sha256);
    return wanted.length;
  } finally {
    await client.end();
  }
}

async function bringFile(from: string, files: string, sha256: string): Promise<void> {
  const to = path.join(files, sha256.slice(0, 2), sha256);
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(from)) digest.update(chunk);
  if (digest.digest('hex') !== sha256) throw new BackupRefused(`the file ${from} is not what was written`);
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, `${to}.new`);
  await rename(`${to}.new`, to);
}
