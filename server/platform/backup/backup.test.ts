import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { brokenInvariants } from '../../../test/crash/invariants.ts';
import { cloneDatabase, openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { sendMessage, ticketFiles } from '../../modules/tickets/index.ts';
import { type Connection, type Database, openDatabase, raw, sql } from '../db/database.ts';
import { system } from '../events/event-map.ts';
import { restoreBackup } from './read-backup.ts';
import { writeBackup } from './write-backup.ts';

let cast: Cast;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'firstline-backup-'));
const backup = path.join(scratch, 'a backup');
const filesOf = (desk: TestDesk) => path.join(desk.config.folder, 'files');

beforeAll(async () => {
  cast = await openCast();
  const file = await ticketFiles.storeFile(cast.desk, Buffer.from('a picture of a teapot'));
  const id = await cast.open({ subject: 'Line one\nand a \\ and a \t and NUL-free 𝒯' });
  await cast.desk.run(cast.as(cast.ben), (cx) =>
    sendMessage(cx, {
      ticketId: id,
      author: 'agent',
      authorId: cast.ben,
      public: true,
      message: {
        text: 'See the picture.',
        attachments: [
          { ...file, key: ticketFiles.newFileKey(), fileName: 'pot.txt', contentType: 'text/plain' },
        ],
      },
    }),
  );
  await cast.open();
  await cast.desk.settle();
});
afterAll(async () => {
  await cast.desk.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** What every table holds, as text, so that two databases can be compared. */
async function contents(db: Database): Promise<Record<string, string>> {
  const tables = await db.all<{ name: string }>(sql`select relname::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' order by 1`);
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await db.one<{ rows: string | null }>(
      sql`select string_agg(each::text, E'\n' order by each::text) as rows from ${raw(name)} as each`,
    );
    found[name] = (rows ?? '').replaceAll(
      /"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*\+00"?\)$/gm,
      name === 'migrations' ? '' : '$&',
    );
  }
  return found;
}

async function intoEmpty<R>(
  work: (db: Database, connection: Connection, files: string) => Promise<R>,
): Promise<R> {
  const { connection, drop } = await cloneDatabase();
  const db = openDatabase(connection, () => undefined);
  try {
    return await work(db, connection, mkdtempSync(path.join(scratch, 'files-')));
  } finally {
    await db.close();
    await drop();
  }
}

it('brings all of a desk into an empty one, which goes on where it stood', async () => {
  const report = await writeBackup(cast.desk.connection, filesOf(cast.desk), backup);
  expect(report).toMatchObject({ files: 1, copied: 1 });
  expect(report.rows).toBeGreaterThan(50);
  await intoEmpty(async (db, connection, files) => {
    expect(await restoreBackup(db, connection, files, backup)).toMatchObject({
      rows: report.rows,
      files: 1,
      migrated: [],
    });
    expect(await contents(db)).toEqual(await contents(cast.desk.db));
    expect(await brokenInvariants(db)).toEqual([]);
    const { next } = await db.one<{ next: number }>(sql`select nextval('tickets_id_seq') as next`);
    const { last } = await db.one<{ last: number }>(sql`select max(id) as last from tickets`);
    expect(next).toBeGreaterThan(last);
    const refused = db.write(sql`update messages set ticket_id = 999999`);
    await expect(refused).rejects.toMatchObject({ code: '23503' });
  });
});

it('copies only new files the next time, and forgets those that are gone', async () => {
  await writeBackup(cast.desk.connection, filesOf(cast.desk), backup);
  const { sha256 } = await ticketFiles.storeFile(cast.desk, Buffer.from('another'));
  expect(await writeBackup(cast.desk.connection, filesOf(cast.desk), backup)).toMatchObject({
    files: 2,
    copied: 1,
  });
  await cast.desk.db.write(sql`delete from files where sha256 = decode(${sha256}, 'hex')`);
  await writeBackup(cast.desk.connection, filesOf(cast.desk), backup);
  expect(readdirSync(path.join(backup, 'files', sha256.slice(0, 2)))).not.toContain(sha256);
});

it('refuses what is no whole backup, a desk that is there already, and a folder of something else', async () => {
  await writeBackup(cast.desk.connection, filesOf(cast.desk), backup);
  await expect(restoreBackup(cast.desk.db, cast.desk.connection, filesOf(cast.desk), backup)).rejects.toThrow(
    'holds a desk already',
  );
  await intoEmpty(async (db, connection, files) => {
    await expect(restoreBackup(db, connection, files, scratch)).rejects.toThrow('no finished backup');
    truncateSync(path.join(backup, 'tables/tickets.copy.gz'), 20);
    await expect(restoreBackup(db, connection, files, backup)).rejects.toThrow('tables/tickets.copy.gz');
    expect((await db.one<{ n: number }>(sql`select count(*) as n from tickets`)).n).toBe(0);
  });
  writeFileSync(path.join(backup, 'letters.txt'), 'mine');
  await expect(writeBackup(cast.desk.connection, filesOf(cast.desk), backup)).rejects.toThrow('letters.txt');
});

it.runIf(process.platform === 'linux')('says which folder cannot be made', async () => {
  const written = writeBackup(cast.desk.connection, filesOf(cast.desk), '/proc/firstline');
  await expect(written).rejects.toThrow('/proc/firstline cannot be made (ENOENT)');
});

it('is of one instant, whatever is written meanwhile', async () => {
  const busy = await openTestDesk();
  const target = path.join(scratch, 'busy');
  let going = true;
  const writing = (async () => {
    while (going)
      await busy.run(system, async (cx) =>
        cx.record('customer.created', null, { customerId: 1, organizationId: null }),
      );
  })();
  await writeBackup(busy.connection, filesOf(busy), target);
  going = false;
  await writing;
  await intoEmpty(async (db, connection, files) => {
    await restoreBackup(db, connection, files, target);
    const { gaps } = await db.one<{ gaps: number }>(sql`
      select count(*) as gaps from events where command_id > (select last_value from command_ids)`);
    expect(gaps).toBe(0);
    expect(await brokenInvariants(db)).toEqual([]);
  });
  await busy.close();
});
