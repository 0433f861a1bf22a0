import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { call, inboxAddress, type RunningProcess, startProcess, untilReady } from '../running-desk.ts';
import { decide, type LedgerEntry, readLedger, untilRead } from './ledger.ts';
import { mailBy } from './talk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Mails made to break whatever reads them; each has a fate that a person can see, and the queue goes on. */

const megabyte = 1024 * 1024;
const largest = 25 * megabyte;

interface Poison {
  name: string;
  headers?: string;
  body?: string | Buffer;
  fate: string;
  cause: string | null;
}

const html = 'Content-Type: text/html; charset=utf-8\r\n';
const mixed = 'Content-Type: multipart/mixed; boundary=q\r\n';
const base64Word = (charset: string, bytes: Buffer) => `=?${charset}?B?${bytes.toString('base64')}?=`;
/** Characters of three bytes in an order that no compression makes shorter. */
const manyGlyphs = Array.from({ length: 990 }, (_, n) =>
  String.fromCodePoint(0x4e00 + (createHash('sha256').update(`${n}`).digest().readUInt16BE(0) % 20_000)),
).join('');

const poisons: Poison[] = [
  {
    name: '40 kB of nested groups in To',
    headers: `To: ${'a:'.repeat(20_000)}\r\n`,
    fate: 'ticket',
    cause: null,
  },
  {
    name: '200,000 open comments in Cc',
    headers: `Cc: ${'('.repeat(200_000)}\r\n`,
    fate: 'ticket',
    cause: null,
  },
  {
    name: '5,000 parts',
    headers: mixed,
    body: `${'--q\r\n\r\nx\r\n'.repeat(5000)}--q--`,
    fate: 'quarantined',
    cause: 'too_many_parts',
  },
  {
    name: '20,000 nested multiparts',
    headers: 'Content-Type: multipart/mixed; boundary=b0\r\n',
    body: nest(20_000),
    fate: 'quarantined',
    cause: 'too_deep',
  },
  {
    name: '2 MB of one header',
    headers: `X-A: ${'a'.repeat(2 * megabyte)}\r\n`,
    fate: 'quarantined',
    cause: 'header_too_large',
  },
  {
    name: '5,000 header fields',
    headers: 'X-A: a\r\n'.repeat(5000),
    fate: 'quarantined',
    cause: 'header_too_large',
  },
  {
    name: '40,000 recipients',
    headers: `To: ${'a@b.example,'.repeat(40_000)}\r\n`,
    fate: 'quarantined',
    cause: 'too_many_addresses',
  },
  { name: '300,000 nested div', headers: html, body: `<div>`.repeat(300_000), fate: 'ticket', cause: null },
  { name: '300,000 opening brackets', headers: html, body: '<'.repeat(300_000), fate: 'ticket', cause: null },
  { name: '1 MB of http://a.', body: 'http://a.'.repeat(megabyte / 9), fate: 'ticket', cause: null },
  {
    name: '3 MB of different words',
    body: Array.from({ length: 400_000 }, (_, n) => `w${n}`)
      .join(' ')
      .replace(/(.{900}) /g, '$1\r\n'),
    fate: 'ticket',
    cause: null,
  },
  {
    name: '100,000 references',
    headers: `References: ${'<r@x.example> '.repeat(40_000)}\r\n`,
    fate: 'ticket',
    cause: null,
  },
  {
    name: 'NUL bytes everywhere',
    headers: `Subject: nul\0subject\r\nX-Nul: \0\r\nContent-Type: text/plain; name="a\0b.txt"\r\n`,
    body: 'before\0after',
    fate: 'ticket',
    cause: null,
  },
  {
    name: 'NUL in encoded words',
    headers: `Subject: ${base64Word('utf-8', Buffer.from('a\0b\r\nX-Injected: yes'))}\r\n`,
    fate: 'ticket',
    cause: null,
  },
  {
    name: 'half a surrogate pair',
    headers: `Subject: ${base64Word('utf-16le', Buffer.from([0x61, 0, 0x3d, 0xd8, 0x62, 0]))}\r\n`,
    fate: 'ticket',
    cause: null,
  },
  {
    name: 'a Message-ID of 990 Chinese characters',
    headers: `Message-ID: <${manyGlyphs}@x.example>\r\n`,
    fate: 'ticket',
    cause: null,
  },
  {
    name: 'a Message-ID with NUL',
    headers: `Message-ID: <a\0b@x.example>\r\nIn-Reply-To: <c\0d@x.example>\r\n`,
    fate: 'ticket',
    cause: null,
  },
  {
    name: 'file names that climb, end lines and hide',
    headers: mixed,
    body: namedFiles(),
    fate: 'ticket',
    cause: null,
  },
  {
    name: 'a date no calendar has',
    headers: 'Date: Thu, 99 Foo 999999 25:61:61 +9999\r\n',
    fate: 'ticket',
    cause: null,
  },
  {
    name: 'a type that is no type',
    headers: `Content-Type: ${'x/'.repeat(5000)}; charset="${'y'.repeat(5000)}"\r\nContent-Transfer-Encoding: ${'z'.repeat(5000)}\r\n`,
    fate: 'ticket',
    cause: null,
  },
];

function nest(depth: number): string {
  const levels = Array.from(
    { length: depth },
    (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`,
  );
  return levels.join('');
}

function namedFiles(): string {
  const names = [
    'filename="../../../../etc/passwd"',
    `filename*=utf-8''a%0d%0aX-Injected:%20yes.txt`,
    `filename*=utf-8''nul%00.exe`,
    `filename="${'n'.repeat(5000)}.txt"`,
    'filename="CON"',
    `filename*=utf-8''%e2%80%aetxt.exe`,
  ];
  const parts = names.map((name) => `--q\r\nContent-Disposition: attachment; ${name}\r\n\r\nfile\r\n`);
  return `--q\r\n\r\nlook at these\r\n${parts.join('')}--q--`;
}

const senderOf = (index: number) => `poison${index}@x.example`;

function rawOf({ headers = '', body = 'words' }: Poison, index: number): string {
  const own = /^subject:/im.test(headers) ? '' : `Subject: poison ${index}\r\n`;
  return `From: Mallory <${senderOf(index)}>\r\n${own}${headers}\r\n${body}\r\n`;
}

let folder: string;
let desk: RunningProcess;
let fates: Map<string, LedgerEntry>;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-poison-'));
  desk = await untilReady(await startProcess({ DATA_DIR: folder, LOG_LEVEL: 'silent' }));
  for (const [index, poison] of poisons.entries()) {
    const said = await mailBy(desk.smtp.port, senderOf(index), inboxAddress, rawOf(poison, index));
    if (!said.startsWith('250')) throw new Error(`${poison.name}: the door said ${said}`);
  }
  await mailBy(
    desk.smtp.port,
    'after@x.example',
    inboxAddress,
    'From: <after@x.example>\r\nSubject: after\r\n\r\nwords\r\n',
  );
  await untilRead(desk, 50);
  fates = new Map((await readLedger(desk)).map((entry) => [entry.envelopeFrom, entry]));
});
afterAll(async () => {
  await desk?.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe('a mail with', () => {
  it.each(poisons.map((poison, index) => ({ ...poison, index })))(
    '$name ends as $fate ($cause)',
    ({ index, fate, cause }) => {
      const { fate: is, cause: why, detail } = fates.get(senderOf(index)) as LedgerEntry;
      expect({ fate: is, cause: why, detail: is === fate ? '' : detail }).toEqual({
        fate,
        cause,
        detail: '',
      });
    },
  );
});

it('reads what came after them, and leaves no dead letter and no consumer behind', async () => {
  expect(fates.get('after@x.example')?.fate).toBe('ticket');
  expect((await call<{ items: unknown[] }>(desk, 'GET', '/api/desk/v1/jobs/dead')).body.items).toEqual([]);
  const behind = async () => {
    const { body } = await call<{ head: number; items: { name: string; position: number }[] }>(
      desk,
      'GET',
      '/api/desk/v1/consumers',
    );
    return body.items.filter((one) => one.position < body.head);
  };
  for (const end = Date.now() + 20_000; (await behind()).length > 0 && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await behind()).toEqual([]);
});

it('reads a quarantined mail again with the same honest answer, and lets it in when a person wants it', async () => {
  const held = [...fates.values()].filter((entry) => entry.fate === 'quarantined');
  expect(held.length).toBeGreaterThan(3);
  for (const { id, cause } of held) {
    await decide(desk, id, 'reprocess');
    await untilRead(desk);
    expect(await entryOf(id)).toMatchObject({ fate: 'quarantined', cause });
    await decide(desk, id, 'release');
    await untilRead(desk);
    expect(await entryOf(id)).toMatchObject({ fate: 'ticket', from: expect.stringMatching(/^poison/) });
  }
});

const entryOf = async (id: number) =>
  (await call<LedgerEntry>(desk, 'GET', `/api/desk/v1/mail/ledger/${id}`)).body;

it('takes a mail of 25 MB and refuses one that is a byte larger', async () => {
  const exactly = (bytes: number) => {
    const head =
      'From: <large@x.example>\r\nSubject: large\r\nContent-Type: application/octet-stream\r\n\r\n';
    return `${head}${`${'x'.repeat(998)}\r\n`.repeat(Math.ceil(bytes / 1000))}`
      .slice(0, bytes - 2)
      .replace(/\r$/, 'y');
  };
  // The end of the data gives the mail its last two bytes.
  expect(await mailBy(desk.smtp.port, 'large@x.example', inboxAddress, exactly(largest))).toMatch(/^250 /);
  expect(await mailBy(desk.smtp.port, 'larger@x.example', inboxAddress, exactly(largest + 1))).toMatch(
    /^552 /,
  );
  await untilRead(desk);
  const [entry, ...more] = (await readLedger(desk)).filter((one) => one.from === 'large@x.example');
  expect(entry).toMatchObject({ fate: 'ticket', size: largest });
  expect(more).toEqual([]);
});
