// Longer than most: every way a mail goes out, through one relay that answers as it is told.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sql } from '../../../../platform/db/database.ts';
import { system } from '../../../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../../../platform/events/read-events.ts';
import type { CustomerPrincipal } from '../../../../platform/http/principal.ts';
import { changeTicket, contentOf, sendMessage, ticketFiles, ticketReads } from '../../../tickets/index.ts';
import { adminEnv, adminToken, type MailRoom, openMailRoom } from '../mail-room.ts';
import { closeReaders } from '../readers.ts';
import { cleanHeader, isPlainAddress } from './clean-header.ts';
import { closeRelay } from './deliver.ts';
import { type FakeRelay, openFakeRelay } from './fake-relay.ts';
import { enqueueSending } from './insert-outgoing.ts';
import type { OutgoingRow } from './outgoing-row.ts';
import { withdrawMail } from './withdraw-mail.ts';

let room: MailRoom;
let relay: FakeRelay;

beforeAll(async () => {
  relay = await openFakeRelay();
  room = await openMailRoom({
    // Retries are planned by the database's clock.
    at: new Date(Date.now() + 1000).toISOString(),
    env: {
      SMTP_URL: relay.url,
      ...adminEnv,
      FIRSTLINE_INBOX_ADDRESS: 'root-inbox@desk.example',
    },
  });
});
beforeEach(() => {
  relay.script.length = 0;
  relay.taken.length = 0;
});
afterAll(async () => {
  closeRelay(relay.url);
  await relay.close();
  await room.desk.close();
  await closeReaders();
});

let customers = 0;
/** A ticket of somebody new, its acknowledgement sent. */
async function openTicketOf(
  mail: { subject?: string; headers?: Record<string, string> } = {},
): Promise<number> {
  customers += 1;
  const received = await room.receive({
    from: `Person ${customers} <p${customers}@customer.example>`,
    ...mail,
  });
  relay.taken.length = 0;
  return received.ticketId as number;
}

async function answer(
  ticketId: number,
  text = 'An answer',
): Promise<{ messageId: number; row: OutgoingRow }> {
  const { messageId } = await room.answer(ticketId, { message: { text } });
  return { messageId, row: (await room.outgoing()).at(-1) as OutgoingRow };
}

async function later(seconds: number): Promise<void> {
  room.desk.clock.advance(seconds);
  await room.desk.settle();
}

const stateOf = async (id: number) => (await room.outgoing()).find((row) => row.id === id);

const call = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) => {
  const { app } = await room.desk.http();
  const headers = { authorization: `Bearer ${adminToken}` };
  return app.inject({ method, url: `/api/desk/v1${path}`, headers, ...(payload && { payload }) });
};

it('sends a reply once, after ten seconds, with a return path of its own', async () => {
  const ticketId = await openTicketOf();
  const { row } = await answer(ticketId);
  await later(5);
  expect(relay.taken).toHaveLength(0);
  await later(6);
  expect(relay.taken).toHaveLength(1);
  expect(relay.taken[0]).toMatchObject({ to: [`p${customers}@customer.example`] });
  expect(relay.taken[0]?.from).toMatch(/^support\+b[a-z2-7]{34}@desk\.example$/);
  expect(relay.taken[0]?.data).toContain(`Message-ID: <${row.headerId}>`);
  await later(3600);
  expect(relay.taken).toHaveLength(1);
  expect(await stateOf(row.id)).toMatchObject({ state: 'sent', attempts: 1 });
});

it('takes a reply back within ten seconds, and its words are a draft again', async () => {
  const ticketId = await openTicketOf();
  const before = await ticketReads.getTicketRow(room.desk.db, ticketId);
  const { messageId, row } = await answer(ticketId, 'Too early');
  const taken = await call('DELETE', `/messages/${messageId}/delivery`);
  // The admin took it back; the draft is its writer's alone.
  const answered = { messageId, state: 'withdrawn', sendAt: null, draft: null };
  expect([taken.statusCode, taken.json()]).toEqual([200, answered]);
  expect((await call('DELETE', `/messages/${messageId}/delivery`)).statusCode).toBe(200);
  // Nothing was said: the customer waits as before.
  const { preview, messageCount, waitingSince } = before;
  expect(waitingSince).not.toBeNull();
  expect(await ticketReads.getTicketRow(room.desk.db, ticketId)).toMatchObject({
    preview,
    messageCount,
    waitingSince,
  });
  await later(60);
  expect(relay.taken).toHaveLength(0);
  const draft = await room.desk.db.one<{ body: { text: string } }>(sql`
    select body from drafts where ticket_id = ${ticketId} and staff_id = ${room.agentId}`);
  expect(draft.body.text).toBe('Too early');
  const messages = await ticketReads.listMessages(room.desk.db, ticketId);
  expect(messages.find((one) => one.id === messageId)?.delivery?.state).toBe('withdrawn');
  expect(await room.eventTypes()).toContain('message.withdrawn');
  expect((await stateOf(row.id))?.state).toBe('withdrawn');

  const second = await answer(ticketId, 'Now');
  const { requesterId } = await ticketReads.getTicketRow(room.desk.db, ticketId);
  const read = async () => {
    const signedIn = { locale: 'en', via: 'session', scopes: [], credentialId: 'reader' };
    const reader = { kind: 'customer', id: requesterId, ...signedIn } as CustomerPrincipal;
    const detail = await ticketReads.getTicketDetail(room.desk.db, reader, ticketId);
    return detail.messages.filter(({ authorKind }) => authorKind === 'agent').map(({ text }) => text);
  };
  expect(await read()).toEqual([]);
  await later(11);
  expect(await read()).toEqual(['Now']);
  const late = await call('DELETE', `/messages/${second.messageId}/delivery`);
  expect([late.statusCode, late.json().error.code]).toEqual([409, 'already_sent']);
  expect((await call('DELETE', '/messages/999999/delivery')).statusCode).toBe(404);
});

it('gives the files back with the words, in front of what was begun since, to be sent once more', async () => {
  const ticketId = await openTicketOf();
  const writer = { kind: 'agent', id: room.agentId } as const;
  const file = { fileName: 'plan.txt', contentType: 'text/plain' };
  const upload = (bytes: string) =>
    ticketFiles.uploadFile(room.desk, writer, { ...file, bytes: Buffer.from(bytes) });
  const send = (text: string, attachments: string[]) =>
    room.desk.run(writer, async (cx) => {
      const message = await contentOf(cx, { text, attachments });
      return sendMessage(cx, { ticketId, author: 'agent', authorId: room.agentId, public: true, message });
    });
  const [sent, begun] = [await upload('the plan'), await upload('begun')];
  const { messageId } = await send('Here it is', [sent.key]);
  const body = { text: 'One more thing', attachments: [begun], ccs: null };
  await room.desk.db.write(sql`insert into drafts (ticket_id, staff_id, kind, body, updated_at)
    values (${ticketId}, ${room.agentId}, 'reply', ${JSON.stringify(body)}::jsonb, now())`);
  const { draft } = await room.desk.run(writer, (cx) => withdrawMail(cx, { messageId }));
  const [copy] = draft?.attachments ?? [];
  expect(draft).toEqual({ text: 'Here it is', attachments: [{ ...sent, key: copy?.key }] });
  expect(copy?.key).not.toBe(sent.key);
  const kept = await room.desk.db.one<{ body: object }>(sql`
    select body from drafts where ticket_id = ${ticketId} and staff_id = ${room.agentId}`);
  expect(kept.body).toEqual({ ...body, text: 'Here it is\n\nOne more thing', attachments: [copy, begun] });
  await later(25 * 3600);
  expect(relay.taken).toHaveLength(0);
  const again = await send('Here it is', [copy?.key as string]);
  await later(11);
  expect(relay.taken).toHaveLength(1);
  expect(relay.taken[0]?.data).toContain('plan.txt');
  const messages = await ticketReads.listMessages(room.desk.db, ticketId);
  const filesOf = (id: number) => messages.find((one) => one.id === id)?.attachments.map(({ key }) => key);
  expect([filesOf(messageId), filesOf(again.messageId)]).toEqual([[sent.key], [copy?.key]]);
});

it('carries pictures inside its words, and gives them back with these', async () => {
  const ticketId = await openTicketOf();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg',
    'base64',
  );
  const upload = await room.desk.http();
  const { key } = (
    await upload.app.inject({
      method: 'POST',
      url: '/api/desk/v1/uploads?filename=plan.png&type=image/png',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/octet-stream' },
      payload: png,
    })
  ).json();
  const say = (html: string, attachments: string[]) =>
    call('POST', `/tickets/${ticketId}/messages`, { html, attachments });
  const refused = await say('<p>See</p><img src="cid:plan.png">', [key]);
  expect([refused.statusCode, refused.json().error.fields.html]).toEqual([
    422,
    expect.stringContaining('cid:plan.png is no upload of this message'),
  ]);
  expect((await say(`<img src="cid:${key}">`, [])).statusCode).toBe(422);

  const sent = await say(`<p>See <img alt="the plan" src="cid:${key}" width="9"></p>`, [key]);
  const { message } = sent.json();
  expect([sent.statusCode, message.html]).toEqual([
    201,
    `<p>See <img alt="the plan" data-firstline-file="${key}" /></p>`,
  ]);
  const { draft } = (await call('DELETE', `/messages/${message.id}/delivery`)).json();
  const copy = draft.attachments[0].key;
  expect(draft.html).toBe(message.html.replace(key, copy));
  // As it was given back, so it can be sent.
  expect((await say(draft.html, [copy])).statusCode).toBe(201);
  await later(11);
  const data = relay.taken[0]?.data ?? '';
  expect(data).toMatch(new RegExp(`^Content-ID: <${copy}@firstline>`, 'im'));
  expect(data).toContain('Content-Disposition: inline; filename=plan.png');
  expect(data.replace(/=\n/g, '')).toMatch(
    new RegExp(`<img alt=(3D)?"the plan" src=(3D)?"cid:${copy}@firstline"`),
  );
});

it('tries again after a passing refusal, with the same Message-ID', async () => {
  relay.script.push('accept');
  const ticketId = await openTicketOf();
  relay.script.push({ at: 'RCPT', answer: '451 greylisted' }, { at: 'END', answer: '452 full' });
  const { row } = await answer(ticketId);
  await later(11);
  expect(await stateOf(row.id)).toMatchObject({
    state: 'retrying',
    attempts: 1,
    lastError: expect.stringContaining('451'),
  });
  await later(90);
  expect(await stateOf(row.id)).toMatchObject({ state: 'retrying', attempts: 2 });
  await later(400);
  expect(await stateOf(row.id)).toMatchObject({ state: 'sent', attempts: 3 });
  expect(relay.taken.map((one) => /Message-ID: (.*)/.exec(one.data)?.[1])).toEqual([`<${row.headerId}>`]);
});

it('sends again what may or may not have arrived, as the very same mail', async () => {
  const ticketId = await openTicketOf();
  relay.script.push('drop');
  const { row } = await answer(ticketId);
  await later(11);
  expect(await stateOf(row.id)).toMatchObject({ state: 'uncertain', attempts: 1 });
  await later(90);
  expect(await stateOf(row.id)).toMatchObject({ state: 'sent', attempts: 2 });
  expect(relay.taken[0]?.data).toContain(`Message-ID: <${row.headerId}>`);
});

it('gives up at a final refusal, tells the ticket, and tries again when asked', async () => {
  const ticketId = await openTicketOf();
  relay.script.push({ at: 'RCPT', answer: '550 no such user' });
  const { messageId, row } = await answer(ticketId);
  await later(11);
  expect(await stateOf(row.id)).toMatchObject({ state: 'failed', lastError: expect.stringContaining('550') });
  const messages = await ticketReads.listMessages(room.desk.db, ticketId);
  expect(messages.find((one) => one.id === messageId)?.delivery?.state).toBe('failed');
  expect(await room.eventTypes()).toContain('mail.failed');
  const retried = await call('POST', `/outbox/${row.id}/retry`);
  expect([retried.statusCode, retried.json().state]).toEqual([200, 'waiting']);
  await later(1);
  expect(await stateOf(row.id)).toMatchObject({ state: 'sent', headerId: row.headerId });
  expect((await call('POST', `/outbox/${row.id}/retry`)).statusCode).toBe(409);
});

it('says why a mail cannot be made, and sends it once when it can be', async () => {
  const ticketId = await openTicketOf();
  const writer = { kind: 'agent', id: room.agentId } as const;
  const file = { fileName: 'lost.txt', contentType: 'text/plain', bytes: Buffer.from('lost for a while') };
  const { key } = await ticketFiles.uploadFile(room.desk, writer, file);
  await room.desk.run(writer, async (cx) => {
    const message = await contentOf(cx, { text: 'See the file', attachments: [key] });
    await sendMessage(cx, { ticketId, author: 'agent', authorId: room.agentId, public: true, message });
  });
  const row = (await room.outgoing()).at(-1) as OutgoingRow;
  await room.desk.files.remove(createHash('sha256').update(file.bytes).digest('hex'));
  await later(11);
  expect(await stateOf(row.id)).toMatchObject({
    state: 'retrying',
    lastError: expect.stringContaining('ENOENT'),
  });
  await room.desk.files.write(file.bytes);
  expect((await call('POST', `/outbox/${row.id}/retry`)).statusCode).toBe(200);
  await later(1);
  expect(await stateOf(row.id)).toMatchObject({ state: 'sent', lastError: null });
  await later(3600);
  expect(relay.taken).toHaveLength(1);
});

it('gives up after five days', async () => {
  const ticketId = await openTicketOf();
  const { row } = await answer(ticketId);
  relay.script.push(...Array.from({ length: 60 }, () => ({ at: 'MAIL' as const, answer: '421 later' })));
  for (let hours = 0; hours < 124; hours += 4) await later(4 * 3600 + 60);
  expect(await stateOf(row.id)).toMatchObject({ state: 'failed' });
});

const cc = 'second@copy.example';

/** A reply to somebody new with one person in copy, answered like this by the relay; its ten seconds are over. */
async function answerTwo(...script: ({ requester?: string; copy?: string } | 'accept' | 'drop')[]) {
  const ticketId = await openTicketOf();
  const requester = `p${customers}@customer.example`;
  await room.desk.run(system, (cx) => changeTicket(cx, { ticketId, change: { ccs: [cc] } }));
  const lines = script.map((one): FakeRelay['script'][number] => {
    if (typeof one === 'string') return one;
    const answers = {
      ...(one.requester && { [requester]: one.requester }),
      ...(one.copy && { [cc]: one.copy }),
    };
    return { at: 'RCPT', answers };
  });
  relay.script.push(...lines);
  const { messageId, row } = await answer(ticketId);
  await later(11);
  const { requesterId } = await ticketReads.getTicketRow(room.desk.db, ticketId);
  const delivery = async () => {
    const messages = await ticketReads.listMessages(room.desk.db, ticketId);
    return messages.find((one) => one.id === messageId)?.delivery;
  };
  const told = async () =>
    (await listEventsOfTicket(room.desk.db, ticketId))
      .filter(({ type }) => type.startsWith('mail.'))
      .slice(1);
  return { ticketId, messageId, requester, requesterId, row, delivery, told };
}

const takenBy = () => relay.taken.map(({ to }) => to);
const sameMail = () => expect(new Set(relay.taken.map(({ data }) => data)).size).toBe(1);

it('tries those again whom the relay puts off, with the same bytes, and nobody twice', async () => {
  const mail = await answerTwo({ copy: '450 4.2.0 greylisted' });
  expect(takenBy()).toEqual([[mail.requester]]);
  expect(await stateOf(mail.row.id)).toMatchObject({
    state: 'retrying',
    attempts: 1,
    sentAt: expect.any(Date),
    lastError: '450 4.2.0 greylisted',
  });
  const missing = [{ address: cc, final: false, said: '450 4.2.0 greylisted' }];
  expect(await mail.delivery()).toMatchObject({ state: 'retrying', missing });
  await later(90);
  expect(takenBy()).toEqual([[mail.requester], [cc]]);
  sameMail();
  expect(relay.taken[1]?.data).toContain(`Message-ID: <${mail.row.headerId}>`);
  expect(await stateOf(mail.row.id)).toMatchObject({ state: 'sent', attempts: 2, lastError: null });
  expect(await mail.delivery()).toMatchObject({ state: 'sent', error: null, missing: [] });
  expect((await mail.told()).map(({ type }) => type)).toEqual(['mail.sent', 'mail.sent']);
  await later(3600);
  expect(relay.taken).toHaveLength(2);
});

it('says who will not get a mail that others have, and tries them alone when asked', async () => {
  const mail = await answerTwo({ requester: '550 5.1.1 no such user' });
  expect(takenBy()).toEqual([[cc]]);
  const missing = [{ address: mail.requester, final: true, said: '550 5.1.1 no such user' }];
  expect(await mail.delivery()).toMatchObject({ state: 'partly_failed', missing });
  const told = await mail.told();
  expect(told.map(({ type }) => type)).toEqual(['mail.sent', 'mail.failed']);
  expect(told[1]?.data).toEqual({
    outgoingId: mail.row.id,
    messageId: mail.messageId,
    code: '550',
    refused: [{ customerId: mail.requesterId, code: '550' }],
  });
  const shown = (await call('GET', '/outbox?state=partly_failed')).json().items[0];
  expect(shown).toMatchObject({ id: mail.row.id, lastError: '550 5.1.1 no such user' });
  expect(shown.answers).toEqual([
    { address: mail.requester, outcome: 'refused', code: '550', said: '550 5.1.1 no such user' },
    { address: cc, outcome: 'accepted', code: null, said: null },
  ]);
  await later(24 * 3600);
  expect(relay.taken).toHaveLength(1);
  const retry = () => call('POST', `/messages/${mail.messageId}/delivery`);
  const retried = await retry();
  expect([retried.statusCode, retried.json()]).toEqual([
    200,
    { messageId: mail.messageId, state: 'retrying' },
  ]);
  await later(1);
  expect(takenBy()).toEqual([[cc], [mail.requester]]);
  sameMail();
  expect(await mail.delivery()).toMatchObject({ state: 'sent', accepted: 2, missing: [] });
  expect((await retry()).statusCode).toBe(409);
  expect((await call('POST', '/messages/999999/delivery')).statusCode).toBe(404);
});

it('keeps apart who is refused for good and who for now, when nobody is taken', async () => {
  const mail = await answerTwo({ requester: '450 4.7.1 later', copy: '550 5.7.1 never' }, 'accept');
  expect(await mail.delivery()).toMatchObject({
    state: 'retrying',
    missing: [
      { address: mail.requester, final: false },
      { address: cc, final: true },
    ],
  });
  expect((await mail.told()).map(({ type }) => type)).toEqual(['mail.failed']);
  await later(90);
  expect(takenBy()).toEqual([[mail.requester]]);
  expect(await mail.delivery()).toMatchObject({ state: 'partly_failed', missing: [{ address: cc }] });
  expect((await mail.told()).map(({ type }) => type)).toEqual(['mail.failed', 'mail.sent']);
});

it('gives up after five days on whom the relay puts off, while others have it', async () => {
  const put = { copy: '450 4.2.2 full' };
  const mail = await answerTwo(...Array.from({ length: 40 }, () => put));
  for (let hours = 0; hours < 124; hours += 4) await later(4 * 3600 + 60);
  expect(takenBy()).toEqual([[mail.requester]]);
  expect(await mail.delivery()).toMatchObject({
    state: 'partly_failed',
    missing: [{ address: cc, final: true }],
  });
  expect((await mail.told()).at(-1)?.data).toMatchObject({ code: 'expired' });
});

/** As after a start, when the process died with the mail in hand: the job is back, the row as it was last written. */
async function dieSending(id: number, answers: string): Promise<void> {
  await room.desk.db.write(
    sql`update outgoing_mails set state = 'sending', answers = ${answers}::jsonb where id = ${id}`,
  );
  await room.desk.db.write(sql`delete from jobs where key = ${`mail.send:${id}`}`);
  await room.desk.run(system, async (cx) => enqueueSending(cx, id, cx.now));
  await later(1);
}

it('sends the very same mail again when it died between the relay’s answer and its own note of it', async () => {
  const mail = await answerTwo({ copy: '450 later' });
  await dieSending(mail.row.id, '[]');
  expect(takenBy()).toEqual([[mail.requester], [mail.requester, cc]]);
  sameMail();
  expect(await mail.delivery()).toMatchObject({ state: 'sent', missing: [] });

  const next = await answerTwo({ copy: '450 later' });
  relay.taken.length = 0;
  await dieSending(next.row.id, JSON.stringify((await stateOf(next.row.id))?.answers));
  // What was noted before it died is remembered.
  expect(takenBy()).toEqual([[cc]]);
  expect(await next.delivery()).toMatchObject({ state: 'sent', missing: [] });
});

it('says that a mail whose words were removed for good cannot be made', async () => {
  const ticketId = await openTicketOf();
  relay.script.push({ at: 'RCPT', answer: '550 no such user' });
  const { messageId, row } = await answer(ticketId);
  await later(11);
  expect((await call('DELETE', `/messages/${messageId}/content`)).statusCode).toBe(200);
  const raw = await call('GET', `/outbox/${row.id}/raw`);
  expect([raw.statusCode, raw.json().error.code]).toEqual([410, 'message_redacted']);
  expect((await call('POST', `/outbox/${row.id}/retry`)).statusCode).toBe(200);
  await later(1);
  expect(relay.taken).toHaveLength(0);
  expect(await stateOf(row.id)).toMatchObject({
    state: 'failed',
    lastError: expect.stringContaining('removed'),
  });
});

it('stops trying when the words are removed for good, and stays with those who have them', async () => {
  const mail = await answerTwo({ copy: '450 later' });
  expect((await call('DELETE', `/messages/${mail.messageId}/content`)).statusCode).toBe(200);
  expect(await mail.delivery()).toMatchObject({ state: 'partly_failed', accepted: 1 });
  await later(3600);
  expect(takenBy()).toEqual([[mail.requester]]);
});

it('keeps headers whole whatever a subject or a name says', async () => {
  expect(cleanHeader('a\r\nBcc: x@y\u2028z\u0000')).toBe('a Bcc: x@y z');
  expect(isPlainAddress('a@b.c\r\nRCPT TO:<x@y>')).toBe(false);
  expect(isPlainAddress('"a b"@c.d')).toBe(false);
  const ticketId = await openTicketOf({ subject: 'harmless' });
  await room.desk.db.write(
    sql`update tickets set subject = ${'Hi\r\nBcc: evil@else.example\r\n\r\nbody'} where id = ${ticketId}`,
  );
  const { row } = await answer(ticketId);
  await later(11);
  expect(relay.taken[0]?.to).toHaveLength(1);
  expect(relay.taken[0]?.data).not.toMatch(/^Bcc:/im);
  expect(row.subject).toBe(`Re: Hi Bcc: evil@else.example body [#${ticketId}]`);
});

it('quotes the customer for the customer alone', async () => {
  const ticketId = await openTicketOf();
  await room.desk.run(system, (cx) => changeTicket(cx, { ticketId, change: { ccs: ['late@copy.example'] } }));
  const { row } = await answer(ticketId);
  await later(11);
  expect(row.ccs).toEqual(['late@copy.example']);
  expect(relay.taken[0]?.data).not.toContain('Please help me with it.');
});

it('writes to those whom the reply itself put in copy', async () => {
  const ticketId = await openTicketOf();
  const body = { text: 'Ludwik looks at it.', ccs: ['ludwik@copy.example'] };
  expect((await call('POST', `/tickets/${ticketId}/messages`, body)).statusCode).toBe(201);
  await call('POST', `/tickets/${ticketId}/messages`, { text: 'He has.' });
  await later(11);
  const rows = (await room.outgoing()).filter((row) => row.ticketId === ticketId);
  expect(rows.map((row) => [row.kind, ...row.ccs])).toEqual([
    ['acknowledgement'],
    ...Array(2).fill(['reply', 'ludwik@copy.example']),
  ]);
});

it('acknowledges a sender once a day, in our words only, and never a machine', async () => {
  await room.receive({
    from: 'ack@customer.example',
    subject: 'BUY <b>CHEAP</b> PILLS',
    text: 'http://spam.example',
  });
  expect(relay.taken).toHaveLength(1);
  const { data, from, to } = relay.taken[0] as FakeRelay['taken'][number];
  expect([from, to]).toEqual(['', ['ack@customer.example']]);
  expect(data).toContain('Auto-Submitted: auto-replied');
  expect(data).not.toMatch(/PILLS|spam\.example/);
  const acknowledged = (await room.outgoing()).at(-1) as OutgoingRow;
  const messages = await ticketReads.listMessages(room.desk.db, acknowledged.ticketId as number);
  expect(messages.map((one) => one.authorKind)).toEqual(['customer', 'system']);
  await room.receive({ from: 'ack@customer.example', subject: 'another' });
  expect(relay.taken).toHaveLength(1);
  const machines: Record<string, string>[] = [
    { Precedence: 'bulk' },
    { 'Auto-Submitted': 'auto-generated' },
    { From: 'noreply@x.example' },
  ];
  for (const headers of machines) {
    await room.receive({ from: `m${customers++}@x.example`, subject: 'machine', headers });
  }
  await room.receive({ from: 'null@x.example', envelopeFrom: '' });
  expect(relay.taken).toHaveLength(1);
  await later(25 * 3600);
  await room.receive({ from: 'ack@customer.example', subject: 'the next day' });
  expect(relay.taken).toHaveLength(2);
});

it('keeps to its limits when an address gets many automatic mails', async () => {
  await room.desk.db.write(sql`insert into outgoing_mails (kind, automatic, from_name, from_address, recipients,
      return_path, subject, header_id, state, send_at, created_at)
    select 'link', true, 'x', 'x@y.z', array['many@customer.example'], '', 's', 'id' || n, 'sent', ${room.desk.clock.fixed()},
      ${room.desk.clock.fixed()} from generate_series(1, 30) as n`);
  const mail = await room.receive({ from: 'many@customer.example' });
  expect(mail.fate).toBe('ticket');
  expect(relay.taken).toHaveLength(0);
  expect(await room.eventTypes()).toContain('mail.withheld');
});

it('names the promised time in the customer’s language', async () => {
  const { desk } = room;
  const due = new Date((desk.clock.fixed() as Date).getTime() + 8 * 3_600_000);
  // Somebody takes it soon: that is promised to the desk, and is not when the customer hears.
  const targets = [
    { target: 'claim', seconds: 900 },
    { target: 'first_reply', seconds: 8 * 3600 },
  ];
  const policy = (await call('POST', '/sla-policies', { name: 'All', targets })).json();
  const mail = await room.receive({
    from: 'be@customer.example',
    text: 'Мой прынтар гарыць, і я ўжо не ведаю, што рабіць.',
  });
  const ticket = await ticketReads.getTicketRow(desk.db, mail.ticketId as number);
  expect(ticket.language).toBe('be');
  const row = (await room.outgoing()).at(-1) as OutgoingRow;
  expect(row.subject).toBe(`Мы атрымалі ваш ліст [#${ticket.id}]`);
  const words = (await ticketReads.listMessages(desk.db, ticket.id)).find(
    (one) => one.authorKind === 'system',
  )?.text;
  expect(words).toContain('Мы адкажам вам да гэтага часу: ');
  expect(words).toContain(due.toISOString().slice(11, 16));
  const changed = { version: policy.version, targets: targets.slice(0, 1) };
  expect((await call('PATCH', `/sla-policies/${policy.id}`, changed)).statusCode).toBe(200);
  const soon = await room.receive({ from: 'be2@customer.example', text: 'Прынтар гарыць, што рабіць?' });
  const [, receipt] = await ticketReads.listMessages(desk.db, soon.ticketId as number);
  expect(receipt?.text).toContain('Яго прачытае чалавек і адкажа вам.');
  await call('DELETE', `/sla-policies/${policy.id}`);
});

it('answers at the address that the customer last wrote from on the ticket', async () => {
  const customer = { name: 'Two Addresses', identities: [] as object[] };
  customer.identities = ['one@customer.example', 'two@else.example'].map((value) => ({
    kind: 'email',
    value,
  }));
  expect((await call('POST', '/customers', customer)).statusCode).toBe(201);
  const first = await room.receive({ from: 'two@else.example' });
  const ticketId = first.ticketId as number;
  const { row } = await answer(ticketId);
  expect(row.recipients).toEqual(['two@else.example']);
  await room.receive({ from: 'one@customer.example', to: row.replyTo as string });
  expect((await answer(ticketId)).row.recipients).toEqual(['one@customer.example']);
  await room.receive({ from: 'cc@else.example', to: row.replyTo as string });
  expect((await answer(ticketId)).row.recipients).toEqual(['one@customer.example']);
});

it('shows the outbox to staff, and mails with their bytes', async () => {
  const list = await call('GET', '/outbox?limit=2');
  expect(list.json().items).toHaveLength(2);
  expect(list.json().nextCursor).toBe(String(list.json().items[1].id));
  const raw = await call('GET', `/outbox/${list.json().items[0].id}/raw`);
  expect(raw.headers['content-type']).toBe('message/rfc822');
  expect(raw.body).toContain('Message-ID: <firstline.');
  const { app } = await room.desk.http();
  expect((await app.inject({ method: 'GET', url: '/api/desk/v1/outbox' })).statusCode).toBe(401);
  expect((await call('GET', '/outbox/999999')).statusCode).toBe(404);
  expect((await call('GET', '/outbox?unknown=1')).statusCode).toBe(400);
});

it('takes no answer to a mail whose sender has no address any more', async () => {
  const mail = await room.receive({ from: 'gone@customer.example' });
  const ticketId = mail.ticketId as number;
  const before = await ticketReads.getTicketRow(room.desk.db, ticketId);
  const [own] = (await call('GET', `/customers/${before.requesterId}`)).json().identities;
  expect((await call('DELETE', `/customers/${before.requesterId}/identities/${own.id}`)).statusCode).toBe(
    200,
  );
  const refused = await call('POST', `/tickets/${ticketId}/messages`, { text: 'Do you hear me?' });
  expect([refused.statusCode, refused.json().error.code]).toEqual([409, 'no_address']);
  expect(
    (await call('POST', `/tickets/${ticketId}/messages`, { text: 'Call them', public: false })).statusCode,
  ).toBe(201);
  expect(await ticketReads.getTicketRow(room.desk.db, ticketId)).toMatchObject({ status: 'new' });
});
