import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { doorLimits } from '../../server/modules/channels/email/door-limits.ts';
import { listenSmtp } from '../../server/modules/channels/email/listen-smtp.ts';
import { openMailRoom } from '../../server/modules/channels/email/mail-room.ts';
import { closeReaders } from '../../server/modules/channels/email/readers.ts';
import { sql } from '../../server/platform/db/database.ts';
import { admin, call, inboxAddress, type RunningProcess, startProcess, untilReady } from '../running-desk.ts';
import { readLedger, untilRead } from './ledger.ts';
import { mailBy } from './talk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const mailOf = (key: string) => `From: <${key}@x.example>\r\nSubject: ${key}\r\n\r\nPlease keep this.\r\n`;
const sendTo = (port: number, key: string, to: string) => mailBy(port, `${key}@x.example`, to, mailOf(key));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let undo: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const one of undo.reverse()) await one();
  undo = [];
});

it('puts mail off while less is left than it keeps spare, and keeps nothing of it', async () => {
  const room = await openMailRoom();
  const limits = { ...doorLimits, spareBytes: Number.MAX_SAFE_INTEGER };
  const door = await listenSmtp(room.desk, { host: '127.0.0.1', port: 0 }, limits);
  try {
    expect(await sendTo(door.port, 'refused', 'support@desk.example')).toMatch(/^452 /);
    expect(await room.desk.db.all(sql`select id from mails`)).toEqual([]);
  } finally {
    await door.close();
    await room.desk.close();
    await closeReaders();
  }
});

it('outlives a disk that is nearly full, then full, and works on when there is room again', async (context) => {
  if (process.getuid?.() !== 0)
    context.skip('a file system small enough to be filled is mounted by root only');
  const disk = mountSmallDisk();
  const desk = await untilReady(
    await startProcess({ DATA_DIR: path.join(disk, 'data'), LOG_LEVEL: 'silent' }),
  );
  undo.push(() => desk.kill());
  const acknowledged: string[] = [];
  let count = 0;
  const send = async (name: string) => {
    const key = `${name}${count++}`;
    const said = await sendTo(desk.smtp.port, key, inboxAddress);
    if (said.startsWith('250')) acknowledged.push(key);
    return said;
  };

  expect(await send('before')).toMatch(/^250 /);
  await fill(path.join(disk, 'ballast-1'), 100_000_000);
  await untilIs(() => send('nearly'), /^452 /);
  expect((await call(desk, 'GET', '/readyz')).status).toBe(200);
  expect((await upload(desk)).status).toBe(201);

  await fill(path.join(disk, 'ballast-2'), 0);
  expect(await call(desk, 'GET', '/readyz')).toMatchObject({ status: 503, body: { status: 'not ready' } });
  expect(await upload(desk)).toMatchObject({ status: expect.toSatisfy(isHonest) });
  expect(await send('full')).toMatch(/^452 /);
  for (let round = 0; round < 15; round++) {
    const written = await Promise.all(Array.from({ length: 10 }, (_, n) => openTicket(desk, round * 10 + n)));
    for (const one of written)
      expect(one.status === 201 || isHonest(one.status), JSON.stringify(one)).toBe(true);
  }
  expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);

  rmSync(path.join(disk, 'ballast-1'));
  rmSync(path.join(disk, 'ballast-2'));
  await untilReady(desk);
  await untilIs(() => send('after'), /^250 /);
  expect((await upload(desk)).status).toBe(201);
  expect((await openTicket(desk, 99)).status).toBe(201);
  await untilRead(desk);
  const entries = await readLedger(desk);
  expect(entries.map((one) => one.from?.split('@')[0]).toSorted()).toEqual(acknowledged.toSorted());
  expect(entries.every((one) => one.fate === 'ticket')).toBe(true);
});

/** Said clearly: nothing was changed, and why. */
const isHonest = (status: number): boolean => status === 507 || status === 503;

function mountSmallDisk(): string {
  const disk = mkdtempSync(path.join(os.tmpdir(), 'firstline-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=640m,mode=0755', 'firstline-test', disk]);
  mkdirSync(path.join(disk, 'data'), { mode: 0o711 });
  undo.push(async () => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  return disk;
}

/** Writes until so many bytes are left. */
async function fill(file: string, leftBytes: number): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for (let size = 1_000_000; size >= 1; size = Math.floor(size / 10)) {
      const block = Buffer.alloc(size);
      while (
        free(file) > leftBytes &&
        (await handle.write(block).then(
          () => true,
          () => false,
        ))
      );
    }
  } finally {
    await handle.close();
  }
}

function free(file: string): number {
  const { bavail, bsize } = statfsSync(path.dirname(file));
  return bavail * bsize;
}

async function untilIs(say: () => Promise<string>, wanted: RegExp): Promise<void> {
  for (const end = Date.now() + 30_000; ; await pause(200)) {
    const said = await say();
    if (wanted.test(said)) return;
    if (Date.now() > end) throw new Error(`the door still says ${said}`);
  }
}

async function upload(desk: RunningProcess): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${desk.url}/api/desk/v1/uploads?filename=note.bin`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/octet-stream' },
    body: crypto.randomUUID().repeat(30_000),
  });
  return { status: answer.status, text: await answer.text() };
}

const openTicket = (desk: RunningProcess, n: number) =>
  call(desk, 'POST', '/api/desk/v1/tickets', {
    subject: `Ticket ${n}`,
    requester: { email: `caller${n}@x.example` },
    // Words that do not compress: what is written has to go somewhere.
    message: { text: randomBytes(60_000).toString('base64') },
  });
