import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { doorLimits } from '../../server/modules/channels/email/door-limits.ts';
import { listenSmtp, type SmtpDoor } from '../../server/modules/channels/email/listen-smtp.ts';
import { type MailRoom, openMailRoom, writeMail } from '../../server/modules/channels/email/mail-room.ts';
import { closeReaders } from '../../server/modules/channels/email/readers.ts';
import { sql } from '../../server/platform/db/database.ts';
import { makeSelfSigned } from './self-signed.ts';
import { openTalk } from './talk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const to = 'support@desk.example';
const at = { host: '127.0.0.1', port: 0 };

let room: MailRoom;
let plain: SmtpDoor;
let door: SmtpDoor;
beforeAll(async () => {
  room = await openMailRoom();
  plain = await listenSmtp(room.desk, at);
  const folder = path.join(room.desk.config.folder, 'smtp');
  const { key, cert } = makeSelfSigned('desk.example');
  await mkdir(folder);
  await writeFile(path.join(folder, 'key.pem'), key);
  await writeFile(path.join(folder, 'cert.pem'), cert);
  door = await listenSmtp(room.desk, at, { ...doorLimits, idleMilliseconds: 1500 });
});
afterAll(async () => {
  await plain?.close();
  await door?.close();
  await room?.desk.close();
  await closeReaders();
});

const senders = async () =>
  (await room.desk.db.all<{ from: string }>(sql`select envelope_from as "from" from mails order by id`)).map(
    (row) => row.from,
  );

function sendEncrypted(port: number, from: string): Promise<unknown> {
  const tls = { rejectUnauthorized: false };
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, requireTLS: true, tls });
  const sent = transport.sendMail({ envelope: { from, to: [to] }, raw: writeMail({ subject: 'encrypted' }) });
  return sent.finally(() => transport.close());
}

it('takes a mail over STARTTLS where a key lies in the folder, and offers none where not', async () => {
  await sendEncrypted(door.port, 'over-tls@x.example');
  expect(await senders()).toContain('over-tls@x.example');
  await expect(sendEncrypted(plain.port, 'no-tls@x.example')).rejects.toThrow();
  expect(await senders()).not.toContain('no-tls@x.example');
});

it('drops what was said in the clear behind STARTTLS, and forgets what was said before it', async () => {
  const talk = await openTalk(door.port);
  await talk.answer();
  await talk.say('EHLO plain.example');
  await talk.say('MAIL FROM:<before@x.example>');
  talk.write(
    `STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<injected@x.example>\r\nRCPT TO:<${to}>\r\nDATA\r\nSubject: injected\r\n\r\nx\r\n.\r\n`,
  );
  expect(await talk.answer()).toMatch(/^220 /);
  expect(await talk.encrypt()).toBe('desk.example');
  // Neither the greeting of before nor the injected one counts.
  expect(await talk.say('MAIL FROM:<early@x.example>')).toMatch(/^503 /);
  expect(await talk.say('EHLO secret.example')).toMatch(/^250 /);
  expect(await talk.say(`RCPT TO:<${to}>`)).toMatch(/^503 /);
  expect(await talk.say('MAIL FROM:<inside@x.example>')).toMatch(/^250 /);
  expect(await talk.say(`RCPT TO:<${to}>`)).toMatch(/^250 /);
  expect(await talk.say('DATA')).toMatch(/^354 /);
  talk.write(Buffer.concat([writeMail({ subject: 'inside' }), Buffer.from('.\r\n')]));
  expect(await talk.answer()).toMatch(/^250 /);
  expect(await talk.say('STARTTLS')).toMatch(/^50[03] /);
  talk.hangUp();
  const known = await senders();
  expect(known.filter((from) => from === 'inside@x.example')).toHaveLength(1);
  expect(known.filter((from) => /injected|early|before/.test(from))).toEqual([]);
});

it('outlives handshakes of garbage and ones that never end', async () => {
  const garbage = await openTalk(door.port);
  await garbage.answer();
  await garbage.say('EHLO x.example');
  await garbage.say('STARTTLS');
  garbage.write('GET / HTTP/1.1\r\n\r\n'.repeat(20));
  await garbage.closed;
  const silent = await openTalk(door.port);
  await silent.answer();
  await silent.say('EHLO x.example');
  await silent.say('STARTTLS');
  await silent.closed;
  await sendEncrypted(door.port, 'still-there@x.example');
  expect(await senders()).toContain('still-there@x.example');
});

it('does not start in the clear where a key was meant to be used', async () => {
  const folder = path.join(room.desk.config.folder, 'smtp');
  await writeFile(path.join(folder, 'key.pem'), 'no key at all');
  await expect(listenSmtp(room.desk, at)).rejects.toThrow(/cannot be used/);
  await rm(path.join(folder, 'key.pem'));
  await expect(listenSmtp(room.desk, at)).rejects.toThrow(/only one/);
});
