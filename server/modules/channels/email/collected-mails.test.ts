import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sql } from '../../../platform/db/database.ts';
import { listenSmtp, type SmtpDoor } from './listen-smtp.ts';
import { type MailRoom, openMailRoom } from './mail-room.ts';
import { closeReaders } from './readers.ts';

const folder = path.resolve(import.meta.dirname, '../../../../../shared/data/mail');
const present = existsSync(folder);
if (!present) console.log(`skipped: collected mails are not at ${folder}`);

interface Collected {
  id: string;
  set: string;
  raw: Buffer;
}

const sets: Record<string, string[]> = {
  rawmail: ['rawmail.jsonl.gz'],
  zammad: ['zammad-mail.jsonl.gz', 'zammad-mail-raw-only.jsonl'],
  discourse: ['discourse.jsonl', 'discourse-raw-only.jsonl'],
  mailclass: ['mailclass.jsonl.gz'],
  mime: ['mime-mime4j.jsonl'],
};

function readSets(): Collected[] {
  return Object.entries(sets).flatMap(([set, files]) =>
    files.flatMap((file) => {
      const bytes = readFileSync(path.join(folder, file));
      const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n').filter(Boolean);
      return lines.map((line) => {
        const { id, raw_base64 } = JSON.parse(line) as { id: string; raw_base64: string };
        // As a mail server hands it over: every line ends with CR LF.
        const text = Buffer.from(raw_base64, 'base64').toString('latin1').replace(/\r?\n/g, '\r\n');
        return { id, set, raw: Buffer.from(text, 'latin1') };
      });
    }),
  );
}

let room: MailRoom;
let door: SmtpDoor;
beforeAll(async () => {
  room = await openMailRoom();
  door = await listenSmtp(room.desk, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await door.close();
  await room.desk.close();
  await closeReaders();
});

beforeEach(({ skip }) => skip(!present, 'the folder ../shared/data is absent'));

it('takes every collected mail through the door: none lost, none doubled', { timeout: 300_000 }, async () => {
  const { desk } = room;
  const mails = readSets();
  const transport = createTransport({
    host: '127.0.0.1',
    port: door.port,
    ignoreTLS: true,
    pool: true,
    maxConnections: 6,
  });
  const accepted = await Promise.all(
    mails.map((mail) =>
      transport
        .sendMail({
          envelope: { from: `${mail.set}@set.example`, to: ['support@desk.example'] },
          raw: mail.raw,
        })
        .then(
          () => true,
          () => false,
        ),
    ),
  );
  transport.close();
  expect(mails.filter((_, index) => !accepted[index]).map((mail) => mail.id)).toEqual([]);
  await desk.settle();

  const rows = await desk.db.all<{
    set: string;
    fate: string;
    cause: string | null;
    detail: string | null;
    n: number;
  }>(sql`
    select split_part(envelope_from, '@', 1) as set, fate, cause, min(detail) as detail, count(*) as n from mails
    group by 1, 2, 3 order by 1, 2, 3`);
  if (process.env.TEST_LOG) console.table(rows);
  const count = (set: string, fate?: string) =>
    rows
      .filter((row) => row.set === set && (!fate || row.fate === fate))
      .reduce((sum, row) => sum + row.n, 0);
  for (const set of Object.keys(sets)) {
    expect(count(set), set).toBe(mails.filter((mail) => mail.set === set).length);
    expect(count(set, 'received'), set).toBe(0);
  }
  expect(count('rawmail', 'quarantined')).toBeLessThanOrEqual(count('rawmail') * 0.02);
  expect(count('zammad', 'quarantined')).toBe(0);

  const kept = await desk.db.one<{ settled: number; messages: number; distinct: number }>(sql`
    select count(*) as settled, count(distinct message_id) as distinct,
      (select count(*) from messages where author_kind = 'customer') as messages
    from mails where fate in ('ticket', 'reply')`);
  expect([kept.messages, kept.distinct]).toEqual([kept.settled, kept.settled]);
});
