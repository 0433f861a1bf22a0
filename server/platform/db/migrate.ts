import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { StartRefused } from '../config.ts';
import type { Database } from './database.ts';

const folder = path.resolve(import.meta.dirname, '../../../migrations');
const lockKey = 7_130_001;

interface Migration {
  name: string;
  text: string;
  digest: string;
}

/**
 * Brings the schema forward, one process at a time; answers the names applied now. `only`: to where a backup was made,
 * which must have been made by these very migrations.
 */
export async function migrate(
  db: Database,
  only?: readonly Pick<Migration, 'name' | 'digest'>[],
): Promise<string[]> {
  const migrations = await readMigrations();
  const client = await db.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const applied = await readApplied(client);
    refuseUnknown(migrations, applied);
    const wanted = only && new Map(only.map(({ name, digest }) => [name, digest]));
    if (wanted) refuseUnknown(migrations, wanted);
    const missing = migrations.filter(
      ({ name }) => !applied.has(name) && (wanted === undefined || wanted.has(name)),
    );
    for (const migration of missing) await apply(client, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined);
    client.release();
  }
}

/** True when every migration of this version is in the database. */
export async function isMigrated(db: Database): Promise<boolean> {
  const client = await db.connect();
  try {
    const applied = await readApplied(client);
    return (await readMigrations()).every((migration) => applied.has(migration.name));
  } finally {
    client.release();
  }
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8');
      return { name, text, digest: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function readApplied(client: pg.PoolClient): Promise<Map<string, string>> {
  await client.query(
    'create table if not exists migrations (name text primary key, digest text not null, applied_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ name: string; digest: string }>(
    'select name, digest from migrations',
  );
  return new Map(rows.map((row) => [row.name, row.digest]));
}

function refuseUnknown(migrations: Migration[], applied: Map<string, string>): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.digest]));
  for (const [name, digest] of applied) {
    if (!known.has(name)) {
      throw new StartRefused(
        `the database was made by a newer Firstline (it holds ${name}); start that version, nothing was changed`,
      );
    }
    if (known.get(name) !== digest) {
      throw new StartRefused(`migration ${name} was changed after it ran here; nothing was changed`);
    }
  }
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.text);
    await client.query('insert into migrations (name, digest) values ($1, $2)', [
      migration.name,
      migration.digest,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name} failed: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
