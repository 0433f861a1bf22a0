import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../server/platform/db/database.ts';
import { migrate } from '../server/platform/db/migrate.ts';
import { startEmbedded } from '../server/platform/embedded/start-embedded.ts';

const template = 'firstline_template';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test cluster is, as a connection to its maintenance database. */
    testConnection:
      | { connectionString: string }
      | { host: string; port: number; user: string; database: string };
    templateName: string;
  }
}

/** One throwaway cluster a run with durability off (or TEST_DATABASE_URL), and one migrated template in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.TEST_DATABASE_URL;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'firstline-test-'));
  const embedded = url ? null : await startEmbedded({ folder, durable: false, maxConnections: 200 });
  const connection = url
    ? { connectionString: url }
    : { ...(embedded as NonNullable<typeof embedded>).connection, database: 'postgres' };
  const name = `${template}_${process.pid}`;
  const admin = new pg.Client(connection);
  await admin.connect();
  await admin.query(`create database ${name}`);
  const db = openDatabase(withDatabase(connection, name), () => undefined);
  await migrate(db);
  await db.close();
  project.provide('testConnection', connection);
  project.provide('templateName', name);
  return async () => {
    await admin.query(`drop database if exists ${name} with (force)`).catch(() => undefined);
    await admin.end();
    await embedded?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

export function withDatabase<C extends object>(connection: C, database: string): C {
  if ('connectionString' in connection) {
    const url = new URL(String(connection.connectionString));
    url.pathname = `/${database}`;
    return { ...connection, connectionString: url.toString() };
  }
  return { ...connection, database };
}
