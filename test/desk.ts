import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { modules } from '../server/modules.ts';
import { type SteppedClock, steppedClock } from '../server/platform/clock.ts';
import { readConfig } from '../server/platform/config.ts';
import type { Connection } from '../server/platform/db/database.ts';
import { type Desk, openDesk } from '../server/platform/desk.ts';
import { buildServer, type HttpServer } from '../server/platform/http/server.ts';
import { createLog } from '../server/platform/log.ts';
import type { DeskModule } from '../server/platform/module.ts';
import { withDatabase } from './global-database.ts';

export interface TestDesk extends Desk {
  clock: SteppedClock;
  /** The HTTP door, answered in process. */
  http(): Promise<HttpServer>;
}

export interface TestDeskOptions {
  at?: string;
  modules?: DeskModule[];
  env?: Record<string, string>;
}

/** A desk on a database of its own, with a clock that moves only when told. Close it when done. */
export async function openTestDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const { connection, drop } = await cloneDatabase();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'firstline-desk-'));
  const config = readConfig({
    DATA_DIR: folder,
    SMTP_LISTEN: 'off',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    ...options.env,
  });
  const clock = steppedClock(new Date(options.at ?? '2026-03-02T09:00:00Z'));
  const used = options.modules ?? modules;
  const desk = await openDesk({ config, log: createLog(config.logLevel), connection, modules: used, clock });
  for (const module of used) await module.prepare?.(desk);
  let server: HttpServer | undefined;
  return Object.assign(desk, {
    clock,
    async http() {
      server ??= await buildServer(desk);
      return server;
    },
    close: closeAll(desk.close, () => server?.app.close(), drop, folder),
  });
}

function closeAll(
  closeDesk: () => Promise<void>,
  closeHttp: () => Promise<unknown> | undefined,
  drop: () => Promise<void>,
  folder: string,
) {
  return async () => {
    await closeHttp();
    await closeDesk();
    await drop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** A database of one's own, copied from the migrated template. */
export async function cloneDatabase(): Promise<{ connection: Connection; drop(): Promise<void> }> {
  const maintenance = inject('testConnection');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await withAdmin(maintenance, (admin) => createFromTemplate(admin, name));
  return {
    connection: withDatabase(maintenance, name),
    drop: () =>
      withAdmin(maintenance, (admin) => admin.query(`drop database if exists ${name} with (force)`)).then(
        () => undefined,
      ),
  };
}

async function createFromTemplate(admin: pg.Client, name: string): Promise<void> {
  // Two workers cloning at once can meet; the template must have nobody connected.
  await admin.query('select pg_advisory_lock(7130003)');
  try {
    await admin.query(`create database ${name} template ${inject('templateName')}`);
  } finally {
    await admin.query('select pg_advisory_unlock(7130003)');
  }
}

async function withAdmin<R>(connection: Connection, work: (admin: pg.Client) => Promise<R>): Promise<R> {
  const admin = new pg.Client(connection);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
