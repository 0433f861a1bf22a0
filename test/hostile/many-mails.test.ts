import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SentMail, sendOverSmtp } from '../../bench/smtp-load.ts';
import { inboxAddress, type RunningProcess, startProcess, untilReady } from '../running-desk.ts';
import { readLedger, untilRead } from './ledger.ts';
import { watchMemory } from './memory.ts';

const full = process.env.FIRSTLINE_FULL === '1';
const mails = full ? 10_000 : 500;
const connections = 260;
const largeMails = full ? 40 : 8;
const largeBytes = full ? 20_000_000 : 8_000_000;
const minutes = 60_000;

let folder: string;
let desk: RunningProcess;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-many-'));
  desk = await untilReady(await startProcess({ DATA_DIR: folder, LOG_LEVEL: 'silent' }));
  await sendOverSmtp(desk.smtp, inboxAddress, [mailOf('warm')]);
  await untilRead(desk);
});
afterAll(async () => {
  await desk?.kill();
  rmSync(folder, { recursive: true, force: true });
});

function mailOf(key: string, lines = ['', 'One of very many mails.']): SentMail {
  const from = `sender.${key}@senders.example`;
  const raw = [
    `From: <${from}>`,
    `To: ${inboxAddress}`,
    `Subject: hostile ${key}`,
    `Message-ID: <${key}@senders.example>`,
    ...lines,
    '',
  ].join('\r\n');
  return { from, raw };
}

/** A file of base64 lines that differs from mail to mail. */
const withFile = (n: number, lines: string): string[] => [
  'Content-Type: application/octet-stream; name=large.bin',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(`file ${n} `.padEnd(57)).toString('base64'),
  lines,
];

/** Sends until all have their 250, coming back after a refusal; answers how often it was refused. */
async function insist(all: SentMail[], accepted: (mail: SentMail) => void): Promise<number> {
  const left = new Set(all);
  let refused = 0;
  for (const end = Date.now() + 10 * minutes; left.size > 0 && Date.now() < end; ) {
    try {
      await sendOverSmtp(desk.smtp, inboxAddress, [...left], (mail) => {
        left.delete(mail);
        accepted(mail);
      });
    } catch {
      refused += 1;
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 200));
    }
  }
  return refused;
}

it(`takes ${mails} mails over ${connections} connections at once, each once, in flat memory`, {
  timeout: 15 * minutes,
}, async () => {
  const watch = watchMemory(desk.child.pid as number);
  const rest = watch.peak();
  const shares = Array.from({ length: connections }, (_, n) =>
    Array.from({ length: Math.ceil((mails - n) / connections) }, (_, m) => mailOf(`${n}.${m}`)),
  );
  const acknowledged = new Map<string, number>();
  const refusals = await Promise.all(
    shares.map((share) =>
      insist(share, ({ from }) => acknowledged.set(from, (acknowledged.get(from) ?? 0) + 1)),
    ),
  );
  await untilRead(desk, 600);
  const most = watch.stop();
  tell(`${mails} mails`, refusals, rest, most);
  expect(acknowledged.size).toBe(mails);
  const became = new Map<string, number>();
  for (const entry of await readLedger(desk)) {
    const key = entry.from ?? '';
    if (entry.fate === 'ticket' && entry.ticketId !== null) became.set(key, (became.get(key) ?? 0) + 1);
  }
  became.delete('sender.warm@senders.example');
  expect([...acknowledged.keys()].filter((from) => became.get(from) !== 1)).toEqual([]);
  expect(became.size).toBe(mails);
  expect(most).toBeLessThan(rest + 200);
});

it(`takes ${largeMails} mails of ${largeBytes / 1e6} MB at once without holding them all`, {
  timeout: 15 * minutes,
}, async () => {
  const watch = watchMemory(desk.child.pid as number);
  const rest = watch.peak();
  const file = `${'QUFB'.repeat(19)}\r\n`.repeat(Math.round(largeBytes / 78));
  const known = new Set<string>();
  const refusals = await Promise.all(
    Array.from({ length: largeMails }, (_, n) =>
      insist([mailOf(`large${n}`, withFile(n, file))], ({ from }) => known.add(from)),
    ),
  );
  await untilRead(desk, 600);
  const most = watch.stop();
  tell(`${largeMails} large mails`, refusals, rest, most);
  expect(known.size).toBe(largeMails);
  const tickets = (await readLedger(desk)).filter((one) => one.from !== null && known.has(one.from));
  expect(tickets.map((one) => one.fate)).toEqual(Array(largeMails).fill('ticket'));
  expect(most).toBeLessThan(rest + (full ? 400 : 250));
});

function tell(what: string, refusals: number[], rest: number, most: number): void {
  const refused = refusals.reduce((sum, count) => sum + count, 0);
  console.info(`${what}, ${refused} put off, ${rest.toFixed(0)} MB at rest, ${most.toFixed(0)} MB at most`);
}
