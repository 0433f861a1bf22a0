import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../platform/db/database.ts';
import { ticketCare, ticketReads } from '../../tickets/index.ts';
import { findMail, type MailRow } from './ledger/mail-row.ts';
import { readRawMail } from './ledger/raw-mail.ts';
import { adminEnv, adminToken, type MailRoom, openMailRoom, type TestMail, writeMail } from './mail-room.ts';
import { closeReaders } from './readers.ts';
import { storeDeliveries } from './receive-mail.ts';

let room: MailRoom;
beforeAll(async () => {
  room = await openMailRoom({
    env: {
      ...adminEnv,
    },
  });
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

const delivery = (raw: Buffer) => ({
  inboxId: room.inbox.id,
  envelopeFrom: 'cora@customer.example',
  envelopeTo: 'support@desk.example',
  remote: '192.0.2.1',
  raw,
});

async function decide(
  mailId: number,
  verb: string,
  method: 'POST' | 'DELETE' = 'POST',
  payload?: object,
): Promise<MailRow> {
  const { app } = await room.desk.http();
  const url = `/api/desk/v1/mail/ledger/${mailId}/${verb}`;
  const answer = await app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${adminToken}` },
    ...(payload ? { payload } : {}),
  });
  if (answer.statusCode !== 200) throw Object.assign(new Error(answer.body), { status: answer.statusCode });
  await room.desk.settle();
  return (await findMail(room.desk.db, mailId)) as MailRow;
}

it('quarantines a mail that cannot be settled, with the true reason, and goes on with the others', async () => {
  const { desk } = room;
  await desk.db.write(sql`create function refuse_poison() returns trigger language plpgsql as
    'begin if new.subject like ''poison%'' then raise exception ''poisoned subject''; end if; return new; end'`);
  await desk.db.write(
    sql`create trigger refuse_poison before insert on tickets for each row execute function refuse_poison()`,
  );
  const subjects = ['before the bad one', 'poison', 'after the bad one'];
  const ids = await storeDeliveries(
    desk,
    subjects.map((subject) => delivery(writeMail({ subject, from: `${subject.length}@c.example` }))),
  );
  await desk.settle();
  // The second try of the bad one is planned by the database's clock.
  await desk.db.write(sql`update jobs set run_at = now() - interval '1 year' where kind = 'mail.read_one'`);
  await desk.settle();
  const rows = await Promise.all(ids.map((id) => findMail(desk.db, id)));
  expect(rows.map((row) => row?.fate)).toEqual(['ticket', 'quarantined', 'ticket']);
  expect(rows[1]).toMatchObject({ cause: 'failed', detail: 'poisoned subject' });
  await desk.db.write(sql`drop trigger refuse_poison on tickets`);
  const again = await decide(ids[1] as number, 'reprocess');
  expect(again.fate).toBe('ticket');
  expect((await decide(ids[1] as number, 'reprocess')).ticketId).toBe(again.ticketId);
});

it('quarantines a mail that passes a limit of the reader', async () => {
  const parts = 'Content-Type: text/plain\r\n\r\nx\r\n--b\r\n'.repeat(1200);
  const raw = Buffer.concat([
    writeMail({ subject: 'parts', headers: { 'Content-Type': 'multipart/mixed; boundary="b"' }, text: '' }),
    Buffer.from(`--b\r\n${parts}`),
  ]);
  const mail = await room.receive({ raw });
  expect(mail).toMatchObject({ fate: 'quarantined', cause: 'too_many_parts' });
  expect((await room.receive({ subject: 'next' })).fate).toBe('ticket');
});

it('lets people release, join, discard and undo, each as often as they like', async () => {
  const held = await room.receive({ subject: 'Verify your email', from: 'no-reply@saas.example' });
  expect(held.fate).toBe('suspended');
  expect((await decide(held.id, 'discard')).fate).toBe('discarded');
  expect((await decide(held.id, 'discard')).fate).toBe('discarded');
  expect((await decide(held.id, 'discard', 'DELETE')).fate).toBe('suspended');
  const released = await decide(held.id, 'release');
  expect(released.fate).toBe('ticket');
  expect((await decide(held.id, 'release')).ticketId).toBe(released.ticketId);
  await expect(decide(held.id, 'discard')).rejects.toMatchObject({ status: 409 });
  const undone = await decide(held.id, 'undo');
  expect(undone).toMatchObject({ fate: 'suspended', cause: 'undone', ticketId: null });
  expect(
    (await ticketReads.getTicketRow(room.desk.db, released.ticketId as number)).deletedAt,
  ).not.toBeNull();

  const home = await room.receive({ subject: 'a home' });
  const joined = await decide(held.id, 'join', 'POST', { ticketId: home.ticketId });
  expect(joined).toMatchObject({ fate: 'reply', cause: 'person', ticketId: home.ticketId });
  const words = async () =>
    (await ticketReads.listMessages(room.desk.db, home.ticketId as number)).filter(
      (one) => one.authorKind === 'customer',
    );
  expect(await words()).toHaveLength(2);
  await decide(held.id, 'undo');
  expect((await words())[1]).toMatchObject({ redacted: true, text: '' });
  expect((await decide(held.id, 'join', 'POST', { ticketId: home.ticketId })).fate).toBe('reply');
  await expect(decide(held.id, 'join', 'POST', { ticketId: 999_999 })).rejects.toMatchObject({ status: 409 });
  await expect(decide(999_999, 'release')).rejects.toMatchObject({ status: 404 });
});

it('asks a second copy that is read again everything but whether it is one', async () => {
  const twice = async (mail: TestMail) => {
    const raw = writeMail(mail);
    await room.receive({ raw });
    return room.receive({ raw });
  };
  const harmless = await twice({ subject: 'harmless' });
  expect(harmless.fate).toBe('duplicate');
  const read = await decide(harmless.id, 'reprocess');
  expect(read).toMatchObject({ fate: 'ticket', duplicateOf: null });
  const held = await twice({ subject: 'Verify your email', from: 'no-reply@twice.example' });
  expect(held.fate).toBe('duplicate');
  expect(await decide(held.id, 'reprocess')).toMatchObject({ fate: 'suspended', cause: 'verification' });
  expect(await decide(held.id, 'release')).toMatchObject({ fate: 'ticket' });
});

it('puts a mail that names a ticket there when a person says so', async () => {
  const from = 'lena@customer.example';
  const first = await room.receive({ from });
  const headers = { 'In-Reply-To': `<${first.headerId}>`, Cc: 'copied@else.example' };
  const apart = await room.receive({ from, subject: 'And this', headers });
  expect(apart).toMatchObject({ fate: 'ticket', cause: 'set_apart', detail: `#${first.ticketId}` });
  await decide(apart.id, 'undo');
  const there = { fate: 'reply', cause: 'customer_mail', ticketId: first.ticketId };
  expect(await decide(apart.id, 'release')).toMatchObject(there);
  const home = await ticketReads.getTicketRow(room.desk.db, first.ticketId as number);
  expect(home.ccIds).toEqual([]);
});

it('shows the ledger by fate, and gives the mail as it came', async () => {
  const { app } = await room.desk.http();
  const get = (url: string, auth = true) =>
    app.inject({
      url: `/api/desk/v1/mail/ledger${url}`,
      ...(auth ? { headers: { authorization: `Bearer ${adminToken}` } } : {}),
    });
  const raw = writeMail({ subject: 'as it came', text: 'Ünïcode\r\n\r\n.dots' });
  const mail = await room.receive({ raw });
  const found = (await get('?fate=ticket&q=AS%20it&limit=1')).json();
  expect(found.items).toHaveLength(1);
  expect(found.items[0]).toMatchObject({
    id: mail.id,
    fate: 'ticket',
    subject: 'as it came',
    from: 'cora@customer.example',
  });
  const bytes = await get(`/${mail.id}/raw`);
  expect(bytes.rawPayload.equals(raw)).toBe(true);
  expect(bytes.headers).toMatchObject({
    'content-type': 'message/rfc822',
    'x-content-type-options': 'nosniff',
  });
  const first = (await get('?limit=2')).json();
  const second = (await get(`?limit=2&cursor=${first.nextCursor}`)).json();
  expect(second.items[0].id).toBeLessThan(first.items[1].id);
  expect((await get('', false)).statusCode).toBe(401);
  expect((await get('?fate=nonsense')).statusCode).toBe(400);
  expect((await get('/999999')).statusCode).toBe(404);
});

it('moves the bytes to the file store later, and erases them with the message', async () => {
  const { desk } = room;
  const raw = writeMail({ subject: 'moves' });
  const mail = await room.receive({ raw });
  desk.clock.advance(3600);
  await desk.settle();
  const stored = await desk.db.one<{ raw: Buffer | null; file: Buffer }>(
    sql`select raw, file from mails where id = ${mail.id}`,
  );
  expect([stored.raw, stored.file.equals(mail.sha256)]).toEqual([null, true]);
  expect((await readRawMail(desk, mail.id)).equals(raw)).toBe(true);
  await desk.run({ kind: 'agent', id: room.agentId }, (cx) =>
    ticketCare.redactMessage(cx, { messageId: mail.messageId as number }),
  );
  await desk.settle();
  await expect(readRawMail(desk, mail.id)).rejects.toMatchObject({ status: 404 });
  expect(await desk.files.has(mail.sha256.toString('hex'))).toBe(false);
});

it('keeps files with the message and points pictures at them', async () => {
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const body = [
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>See <img src="cid:pic@x"> <img src="https://track.example/p.gif"><script>alert(1)</script></p>',
    '--b',
    'Content-Type: image/png; name="../../a.png"',
    'Content-ID: <pic@x>',
    'Content-Transfer-Encoding: base64',
    '',
    pixel,
    '--b--',
  ].join('\r\n');
  const mail = await room.receive({
    subject: 'picture',
    text: body,
    headers: { 'Content-Type': 'multipart/related; boundary="b"' },
  });
  const message = (await ticketReads.listMessages(room.desk.db, mail.ticketId as number))[0];
  const key = message?.attachments[0]?.key;
  expect(message?.html).toContain(`data-firstline-file="${key}"`);
  expect(message?.html).not.toMatch(/<script| src="http/);
  expect(message?.remoteImages).toBe(1);
  expect(message?.attachments[0]?.fileName).not.toMatch(/[/\\]/);
});

it('lists every file that the text does not show, and each once', async () => {
  const part = (name: string, type: string, id: string, bytes: string, disposition = 'inline') =>
    [
      '--b',
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: ${disposition}; filename="${name}"`,
      ...(id ? [`Content-ID: <${id}>`] : []),
      '',
      bytes,
    ].join('\r\n');
  const html = '<p>See <img src="cid:shown@x"> and the files.</p>';
  const body = [
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    part('shown.png', 'image/png', 'shown@x', 'picture'),
    part('shown.png', 'image/png', '', 'picture', 'attachment'),
    part('unshown.png', 'image/png', 'unshown@x', 'another'),
    part('invoice.pdf', 'application/pdf', 'pdf@x', 'invoice'),
    part('invoice.pdf', 'application/pdf', 'pdf2@x', 'invoice'),
    part('copy.pdf', 'application/pdf', '', 'invoice', 'attachment'),
    '--b--',
  ].join('\r\n');
  const mail = await room.receive({
    subject: 'files',
    text: body,
    headers: { 'Content-Type': 'multipart/mixed; boundary="b"' },
  });
  const [message] = await ticketReads.listMessages(room.desk.db, mail.ticketId as number);
  expect(message?.attachments.map(({ fileName, inline }) => [fileName, inline])).toEqual([
    ['shown.png', true],
    ['unshown.png', false],
    ['invoice.pdf', false],
    ['copy.pdf', false],
  ]);
});

it('calls a mail of files alone by the first of them', async () => {
  const mail = await room.receive({
    subject: '',
    text: 'JVBERg==',
    headers: { 'Content-Type': 'application/pdf; name="scan.pdf"', 'Content-Transfer-Encoding': 'base64' },
  });
  expect((await ticketReads.getTicketRow(room.desk.db, mail.ticketId as number)).subject).toBe('scan.pdf');
});

it('takes a subject that shows nothing for none', async () => {
  const mail = await room.receive({ subject: '=?utf-8?B?4oCL4oCL?=', text: 'The lid is broken.' });
  const ticket = await ticketReads.getTicketRow(room.desk.db, mail.ticketId as number);
  expect(ticket.subject).toBe('The lid is broken.');
});

it('hears the language of a short mail in its subject', async () => {
  const mail = await room.receive({
    from: 'be@short.example',
    subject: 'Лямпа не гарыць зусім',
    text: 'Дзякуй.',
  });
  expect((await ticketReads.getTicketRow(room.desk.db, mail.ticketId as number)).language).toBe('be');
  // Without one that the desk speaks it stays unknown.
  const other = await room.receive({
    from: 'ru@short.example',
    subject: 'Лампа не горит, что делать',
    text: 'Спасибо.',
  });
  expect((await ticketReads.getTicketRow(room.desk.db, other.ticketId as number)).language).toBeNull();
});
