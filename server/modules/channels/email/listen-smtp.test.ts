import net from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../platform/db/database.ts';
import { listenSmtp, type SmtpDoor } from './listen-smtp.ts';
import { type MailRoom, openMailRoom, sendBySmtp, writeMail } from './mail-room.ts';
import { closeReaders } from './readers.ts';
import { createSenderLimits, senderLimits } from './sender-limits.ts';
import { readMailKeys } from './threads/mail-keys.ts';
import { bounceAddress, replyAddress } from './threads/mail-tokens.ts';
import { hasBareLineFeed } from './with-data.ts';

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

const count = async () => (await room.desk.db.one<{ n: number }>(sql`select count(*) as n from mails`)).n;

/** Says each line and collects the answers' first codes. */
async function talk(lines: (string | Buffer)[]): Promise<string[]> {
  const socket = net.connect(door.port, '127.0.0.1');
  const answers: string[] = [];
  let rest = '';
  let wake: (() => void) | null = null;
  socket.on('data', (chunk) => {
    const parts = (rest + chunk.toString()).split('\r\n');
    rest = parts.pop() ?? '';
    answers.push(...parts.filter((line) => /^\d{3} /.test(line)));
    wake?.();
  });
  socket.on('close', () => wake?.());
  socket.on('error', () => undefined);
  const until = async (n: number) => {
    while (answers.length < n && !socket.destroyed)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  await until(1);
  for (const [index, line] of lines.entries()) {
    socket.write(typeof line === 'string' ? `${line}\r\n` : line);
    await until(index + 2);
  }
  socket.destroy();
  return answers;
}

const envelope = [
  'EHLO x.example',
  'MAIL FROM:<cora@customer.example>',
  'RCPT TO:<support@desk.example>',
  'DATA',
];

it('takes mail for inboxes and signed addresses and for nobody else', async () => {
  const keys = await readMailKeys(room.desk.db);
  const inbox = { id: room.inbox.id, address: 'support@desk.example' };
  const content = { ticketId: 1, outgoingId: 1 };
  const answers = await talk([
    'EHLO x.example',
    'MAIL FROM:<>',
    'RCPT TO:<nobody@desk.example>',
    'RCPT TO:<support@else.example>',
    'RCPT TO:<support+t@desk.example>',
    `RCPT TO:<support+t${'a'.repeat(47)}@desk.example>`,
    'RCPT TO:<support+anything@desk.example>',
    'RCPT TO:<SUPPORT@DESK.example>',
    'RCPT TO:<help@desk.example>',
    `RCPT TO:<${replyAddress(keys, inbox, content)}>`,
    `RCPT TO:<${bounceAddress(keys, inbox, content)}>`,
  ]);
  expect(answers.map((one) => one.slice(0, 3)).slice(2)).toEqual([
    '250',
    '550',
    '550',
    '550',
    '550',
    '550',
    '250',
    '250',
    '250',
    '250',
  ]);
});

it('offers neither AUTH nor STARTTLS without a key, and says how large a mail may be', async () => {
  const answers = await talk([
    'EHLO x.example',
    'AUTH PLAIN AGEAYg==',
    'STARTTLS',
    `MAIL FROM:<a@b.example> SIZE=${30 * 1024 * 1024}`,
  ]);
  expect(answers.slice(2).map((one) => one.slice(0, 3))).toEqual(['500', '500', '552']);
});

it('acknowledges what is committed, two deliveries as two', async () => {
  const before = await count();
  const raw = writeMail({ subject: 'by door' });
  await sendBySmtp(
    door.port,
    { from: 'cora@customer.example', to: ['support@desk.example', 'help@desk.example'] },
    raw,
  );
  expect(await count()).toBe(before + 1);
  await sendBySmtp(door.port, { from: 'cora@customer.example', to: ['support@desk.example'] }, raw);
  expect(await count()).toBe(before + 2);
  await room.desk.settle();
  const fates = await room.desk.db.all<{ fate: string }>(
    sql`select fate from mails order by id desc limit 2`,
  );
  expect(fates.map((row) => row.fate)).toEqual(['duplicate', 'ticket']);
});

it('puts a sender off while the database cannot take a mail, and never says 250', async () => {
  const before = await count();
  const mail = () =>
    talk([...envelope, Buffer.concat([writeMail({ subject: 'away' }), Buffer.from('.\r\n')])]);
  await room.desk.db.write(sql`alter table mails rename to mails_away`);
  const refused = await mail().finally(() => room.desk.db.write(sql`alter table mails_away rename to mails`));
  expect(refused.at(-1)).toMatch(/^451 /);
  await room.desk.db.write(sql`alter table jobs rename to jobs_away`);
  const without = await mail().finally(() => room.desk.db.write(sql`alter table jobs_away rename to jobs`));
  expect(without.at(-1)).toMatch(/^451 /);
  expect(await count()).toBe(before);
  expect((await mail()).at(-1)).toMatch(/^250 /);
  expect(await count()).toBe(before + 1);
});

it('refuses bare line feeds and is not led to a second mail by them', async () => {
  const before = await count();
  const body =
    'Subject: one\r\n\r\nhello\n.\nMAIL FROM:<evil@x.example>\nRCPT TO:<support@desk.example>\nDATA\nSubject: two\n\nsmuggled\r\n.\r\n';
  const answers = await talk([...envelope, Buffer.from(body), 'NOOP']);
  expect(answers.at(-2)).toMatch(/^550 5\.6\.11/);
  expect(answers.at(-1)).toMatch(/^250 /);
  expect(answers).toHaveLength(7);
  for (const end of ['\r\n.\n', '\n.\r\n', '\r.\r\n']) {
    const half = await talk([
      ...envelope,
      Buffer.from(`Subject: x\r\n\r\na${end}MAIL FROM:<e@x.example>\r\n.\r\n`),
    ]);
    expect(half.at(-1)).toMatch(/^(550 5\.6\.11|250)/);
    expect(half).toHaveLength(6);
  }
  expect(await count()).toBeLessThanOrEqual(before + 1);
  expect(hasBareLineFeed(Buffer.from('a\r\nb\r\n'))).toBe(false);
  expect(hasBareLineFeed(Buffer.from('\na'))).toBe(true);
});

it('refuses a mail that is too large without keeping it', async () => {
  const before = await count();
  const raw = Buffer.concat([
    writeMail({ subject: 'big' }),
    Buffer.from(`${'x'.repeat(998)}\r\n`.repeat(26_700)),
  ]);
  await expect(
    sendBySmtp(door.port, { from: 'cora@customer.example', to: ['support@desk.example'] }, raw),
  ).rejects.toMatchObject({ responseCode: 552 });
  expect(await count()).toBe(before);
});

it('takes a burst of ten thousand from one address, and not an endless one', () => {
  let now = 0;
  const limits = createSenderLimits(() => now);
  for (let mail = 0; mail < 10_000; mail++) limits.takeMail('127.0.0.1');
  expect(() => {
    for (let mail = 0; mail < senderLimits.burst; mail++) limits.takeMail('127.0.0.1');
  }).toThrow(/too many/i);
  now += 60_000;
  limits.takeMail('127.0.0.1');
  for (let open = 0; open < senderLimits.connections; open++) limits.connect('192.0.2.9');
  expect(() => limits.connect('192.0.2.9')).toThrow();
  limits.leave('192.0.2.9');
  limits.connect('192.0.2.9');
});
