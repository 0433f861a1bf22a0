import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { doorLimits } from '../../server/modules/channels/email/door-limits.ts';
import { listenSmtp, type SmtpDoor } from '../../server/modules/channels/email/listen-smtp.ts';
import { type MailRoom, openMailRoom } from '../../server/modules/channels/email/mail-room.ts';
import { closeReaders } from '../../server/modules/channels/email/readers.ts';
import { senderLimits } from '../../server/modules/channels/email/sender-limits.ts';
import { sql } from '../../server/platform/db/database.ts';
import { mailBy, openData, openTalk, type Talk } from './talk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const to = 'support@desk.example';
const raw = 'From: <good@customer.example>\r\nSubject: in time\r\n\r\nI write at my usual pace.';
/** As in the product, only shorter. */
const limits = {
  ...doorLimits,
  idleMilliseconds: 1500,
  envelopeMilliseconds: 2500,
  dataMilliseconds: 2500,
  roomMilliseconds: 1000,
};

let room: MailRoom;
let door: SmtpDoor;
beforeAll(async () => {
  room = await openMailRoom();
  door = await listenSmtp(room.desk, { host: '127.0.0.1', port: 0 }, limits);
});
afterAll(async () => {
  await door?.close();
  await room?.desk.close();
  await closeReaders();
});

const count = async () => (await room.desk.db.one<{ n: number }>(sql`select count(*) as n from mails`)).n;

/** Says one piece again and again until the door has had enough. */
async function repeat(talk: Talk, piece: string, milliseconds: number): Promise<string> {
  const timer = setInterval(() => talk.write(piece), milliseconds);
  await talk.closed;
  clearInterval(timer);
  let last = '';
  for (let said = await talk.answer(); said !== ''; said = await talk.answer()) last = said;
  return last;
}

async function lastWords(talk: Talk): Promise<string> {
  await talk.closed;
  let last = '';
  for (let said = await talk.answer(); said !== ''; said = await talk.answer()) last = said;
  return last;
}

async function greeted(): Promise<Talk> {
  const talk = await openTalk(door.port);
  await talk.answer();
  return talk;
}

it('closes every kind of slow client in time and serves the others meanwhile', async () => {
  const before = await count();
  const slow: Record<string, Promise<string>> = {
    'says nothing': greeted().then(lastWords),
    'says a letter at a time and never ends its line': greeted().then((talk) => repeat(talk, 'E', 100)),
    'asks for nothing again and again': greeted().then((talk) => repeat(talk, 'NOOP\r\n', 100)),
    'begins an envelope again and again': greeted().then(async (talk) => {
      await talk.say('EHLO slow.example');
      return repeat(talk, 'MAIL FROM:<a@b.example>\r\nRSET\r\n', 100);
    }),
    'sends a byte of its mail at a time': openData(door.port, 'slow@x.example', to).then((talk) =>
      repeat(talk, 'a', 100),
    ),
    'sends DATA and then nothing': openData(door.port, 'slow@x.example', to).then(lastWords),
    'ends its lines but never its mail': openData(door.port, 'slow@x.example', to).then((talk) =>
      repeat(talk, `${'x'.repeat(998)}\r\n`, 50),
    ),
  };
  for (let n = 0; n < 5; n++) expect(await mailBy(door.port, `good${n}@x.example`, to, raw)).toMatch(/^250 /);
  for (const [who, said] of Object.entries(slow)) expect(await said, who).toMatch(/^421 /);
  expect(await count()).toBe(before + 5);
});

it('keeps nothing of a mail whose sender went away, by half or by whole', async () => {
  const before = await count();
  const half = await openData(door.port, 'half@x.example', to);
  half.write('Subject: half\r\n\r\nnever end');
  half.halfClose();
  await half.closed;
  const gone = await openData(door.port, 'gone@x.example', to);
  gone.write('Subject: gone\r\n\r\nnever ended\r\n.');
  gone.hangUp();
  const silent = await greeted();
  silent.halfClose();
  await silent.closed;
  expect(await mailBy(door.port, 'good@x.example', to, raw)).toMatch(/^250 /);
  expect(await count()).toBe(before + 1);
});

it('grants one address so many connections and no more, and one again when another left', async () => {
  const open = await Promise.all(Array.from({ length: senderLimits.connections }, greeted));
  const tooMany = await openTalk(door.port);
  expect(await tooMany.answer()).toMatch(/^421 /);
  await tooMany.closed;
  for (const talk of open.splice(0, 10)) talk.hangUp();
  let said = '';
  while (!said.startsWith('250')) said = await mailBy(door.port, 'patient@x.example', to, raw);
  for (const talk of open) talk.hangUp();
});

it('puts large mails off while there is no room in memory, and never small ones', async () => {
  const small = await listenSmtp(
    room.desk,
    { host: '127.0.0.1', port: 0 },
    { ...limits, roomBytes: 1_000_000 },
  );
  const line = `${'x'.repeat(998)}\r\n`;
  const first = await openData(small.port, 'first@x.example', to);
  first.write(`Subject: large\r\n\r\n${line.repeat(200)}`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const large = `Subject: large too\r\n\r\n${line.repeat(200)}`;
  const second = mailBy(small.port, 'second@x.example', to, large);
  expect(await mailBy(small.port, 'good@x.example', to, raw)).toMatch(/^250 /);
  expect(await second).toMatch(/^451 /);
  first.write('\r\n.\r\n');
  expect(await first.answer()).toMatch(/^250 /);
  expect(await mailBy(small.port, 'second@x.example', to, large)).toMatch(/^250 /);
  first.hangUp();
  await small.close();
});
