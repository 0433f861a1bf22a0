import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendOverSmtp } from '../../bench/smtp-load.ts';
import { type FakeRelay, openFakeRelay } from '../../server/modules/channels/email/outbox/fake-relay.ts';
import { type Failpoint, failpoints } from '../../server/platform/failpoint.ts';
import { admin, call, inboxAddress, type RunningProcess, startProcess, untilReady } from '../running-desk.ts';
import { checkInvariants, until } from './kill-mail.ts';

/** Each named point kills the process once; the next start must recover, and no invariant may be broken. */

const full = process.env.FIRSTLINE_FULL === '1';
const sample: Failpoint[] = ['command.before-commit', 'mail.acknowledged', 'outbox.accepted'];

let relay: FakeRelay;
beforeAll(async () => {
  relay = await openFakeRelay();
});
afterAll(() => relay.close());

describe('a process killed at', () => {
  it.each(full ? failpoints : sample)(
    '%s recovers with nothing broken',
    { timeout: 120_000 },
    async (name) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-point-'));
      const env = { DATA_DIR: folder, SMTP_URL: relay.url, LOG_LEVEL: 'silent' };
      try {
        // The first passings belong to the start; a later one falls into the work below.
        const passing = name.startsWith('command.') ? 6 : 1;
        const doomed = await startProcess({ ...env, FIRSTLINE_FAILPOINT: `${name}:${passing}` });
        await workUntilKilled(doomed);
        expect(doomed.child.signalCode).toBe('SIGKILL');
        const recovered = await untilReady(await startProcess(env));
        await untilQuiet(recovered);
        expect(await recovered.stop()).toBe(0);
        expect(await checkInvariants(folder)).toEqual([]);
        expectSameBytes();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

/** Whoever got a mail twice got it under one Message-ID, and to the byte. */
function expectSameBytes(): void {
  const mails = new Map<string, Set<string>>();
  for (const { data } of relay.taken) {
    const [id = ''] = /^Message-ID: .*$/m.exec(data) ?? [];
    mails.set(id, (mails.get(id) ?? new Set()).add(data));
  }
  expect(mails.has('')).toBe(false);
  expect([...mails.values()].filter((forms) => forms.size > 1)).toEqual([]);
}

/** Mails, tickets and files, again and again, until the process is gone. */
async function workUntilKilled(doomed: RunningProcess): Promise<void> {
  let gone = false;
  void doomed.exited.then(() => {
    gone = true;
  });
  const end = Date.now() + 60_000;
  for (let n = 0; !gone; n++) {
    if (Date.now() > end) throw new Error('the point was never passed');
    // Whatever is under way when the process dies fails; that is what is being tested.
    await Promise.allSettled([sendMail(doomed, n), openTicket(doomed, n), upload(doomed)]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function sendMail(desk: RunningProcess, n: number): Promise<unknown> {
  const from = `customer${n}@senders.example`;
  const raw = `From: <${from}>\r\nTo: ${inboxAddress}\r\nSubject: point ${n}\r\n\r\nWhere is parcel ${n}?\r\n`;
  return sendOverSmtp(desk.smtp, inboxAddress, [{ from, raw }]);
}

const openTicket = (desk: RunningProcess, n: number) =>
  call(desk, 'POST', '/api/desk/v1/tickets', {
    subject: `Ticket ${n}`,
    requester: { email: `caller${n}@senders.example` },
    message: { text: 'By API.' },
  });

const upload = (desk: RunningProcess) =>
  fetch(`${desk.url}/api/desk/v1/uploads?filename=note.bin`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/octet-stream' },
    body: crypto.randomUUID(),
  });

async function untilQuiet(desk: RunningProcess): Promise<void> {
  await until(async () => {
    const waiting = await call<{ items: unknown[] }>(
      desk,
      'GET',
      '/api/desk/v1/mail/ledger?fate=received&limit=1',
    );
    const log = await call<{ head: number; items: { position: number }[] }>(
      desk,
      'GET',
      '/api/desk/v1/consumers',
    );
    return (
      waiting.body.items.length === 0 &&
      log.body.items.every((follower) => follower.position >= log.body.head)
    );
  }, 90);
}
