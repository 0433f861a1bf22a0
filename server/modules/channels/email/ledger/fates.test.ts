import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../platform/db/database.ts';
import { findCustomerByIdentity } from '../../../customers/index.ts';
import { ticketCare, ticketReads } from '../../../tickets/index.ts';
import type { MailCause } from '../../contract.ts';
import type { Fate } from '../../events.ts';
import { adminEnv, adminToken, type MailRoom, openMailRoom, type TestMail, writeMail } from '../mail-room.ts';
import type { OutgoingRow } from '../outbox/outgoing-row.ts';
import { closeReaders } from '../readers.ts';
import { findMail, type MailRow } from './mail-row.ts';

let room: MailRoom;
let reply: OutgoingRow;
let deskMark: string;
const walter = 'walter@customer.example';

beforeAll(async () => {
  room = await openMailRoom({
    env: {
      TRUSTED_AUTHSERV_ID: 'mx.desk.example',
      ...adminEnv,
    },
  });
  const mail = await room.receive({ from: walter });
  reply = await answer(mail.ticketId as number);
  deskMark = /X-Firstline-Loop: (\w+)/.exec(await room.raw(reply))?.[1] ?? '';
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

async function answer(ticketId: number, status?: 'solved'): Promise<OutgoingRow> {
  await room.answer(ticketId, status && { status });
  room.desk.clock.advance(30);
  await room.desk.settle();
  return (await room.outgoing()).at(-1) as OutgoingRow;
}

async function decide(
  mailId: number,
  verb: string,
  { method = 'POST', payload }: { method?: 'POST' | 'DELETE'; payload?: object } = {},
): Promise<MailRow> {
  const { app } = await room.desk.http();
  const response = await app.inject({
    method,
    url: `/api/desk/v1/mail/ledger/${mailId}/${verb}`,
    headers: { authorization: `Bearer ${adminToken}` },
    ...(payload ? { payload } : {}),
  });
  if (response.statusCode !== 200) {
    throw Object.assign(new Error(response.body), { status: response.statusCode });
  }
  await room.desk.settle();
  return (await findMail(room.desk.db, mailId)) as MailRow;
}
const restore = (mailId: number) => decide(mailId, 'discard', { method: 'DELETE' });
const join = (mailId: number, ticketId: number) => decide(mailId, 'join', { payload: { ticketId } });

/** Customers' words on tickets that are there, the ones of this mail and all others. */
async function wordsKept(): Promise<number> {
  const row = await room.desk.db.one<{ n: number }>(sql`
    select count(*) as n from messages join tickets on tickets.id = ticket_id
    where author_kind = 'customer' and redacted_at is null and deleted_at is null`);
  return row.n;
}

async function eventsOf(mailId: number): Promise<string[]> {
  const rows = await room.desk.db.all<{ type: string }>(
    sql`select type from events where (data ->> 'mailId')::bigint = ${mailId} order by id`,
  );
  return rows.map(({ type }) => type);
}

const fails = 'Undelivered Mail Returned to Sender';
const forged = 'mx.desk.example; dmarc=fail (p=reject) header.from=forged.example';
const parts = 'Content-Type: text/plain\r\n\r\nx\r\n--b\r\n'.repeat(1200);
const manyParts = (): Buffer => {
  const headers = { 'Content-Type': 'multipart/mixed; boundary="b"' };
  return Buffer.concat([
    writeMail({ from: 'parts@x.example', headers, text: '' }),
    Buffer.from(`--b\r\n${parts}`),
  ]);
};

const aside: [Fate, MailCause | null, () => TestMail][] = [
  ['suspended', 'loop', () => ({ headers: { 'X-Firstline-Loop': deskMark } })],
  ['suspended', 'own_address', () => ({ from: 'help@desk.example' })],
  ['suspended', 'no_sender', () => ({ from: 'undisclosed', envelopeFrom: '' })],
  ['suspended', 'no_sender', () => ({ from: 'undisclosed', envelopeFrom: 'bob@envelope.example' })],
  [
    'suspended',
    'forged',
    () => ({ from: 'f@forged.example', headers: { 'Authentication-Results': forged } }),
  ],
  ['suspended', 'staff_by_mail', () => ({ from: 'anna@desk.example' })],
  ['suspended', 'system_user', () => ({ from: 'postmaster@x.example' })],
  ['suspended', 'verification', () => ({ from: 'no-reply@saas.example', subject: 'Verify your email' })],
  ['suspended', 'blank', () => ({ from: 'blank@x.example', subject: '', text: ' ' })],
  [
    'suspended',
    'auto_mailer',
    () => ({ from: 'away@x.example', headers: { 'Auto-Submitted': 'auto-replied' } }),
  ],
  ['suspended', 'stranger_with_token', () => ({ from: 'mallory@x.example', to: reply.replyTo as string })],
  ['suspended', 'backscatter', () => ({ from: 'MAILER-DAEMON@x.example', envelopeFrom: '', subject: fails })],
  [
    'suspended',
    'complaint',
    () => ({ from: 'staff@hotmail.com', subject: 'complaint about message from 1.2.3.4' }),
  ],
  ['auto_reply', null, () => ({ from: walter, to: reply.replyTo as string, subject: 'Out of office' })],
  [
    'bounce',
    'hard',
    () => ({
      from: 'MAILER-DAEMON@x.example',
      to: reply.returnPath,
      envelopeFrom: '',
      subject: fails,
      text: `<${walter}>: 550 5.1.1 user unknown`,
    }),
  ],
  ['quarantined', 'too_many_parts', () => ({ raw: manyParts() })],
];

it.each(aside)(
  'lets a mail in that is %s as %s, takes it back, and joins it, each once',
  async (fate, cause, mail) => {
    const held = await room.receive(mail());
    expect(held).toMatchObject({ fate, cause });
    const { id } = held;
    const home = await room.receive({ from: `home${id}@x.example`, subject: `home of ${id}` });
    const words = await wordsKept();
    for (const _ of 'twice') expect(await decide(id, 'discard')).toMatchObject({ fate: 'discarded' });
    for (const _ of 'twice') expect(await restore(id)).toMatchObject({ fate, cause });
    expect(await decide(id, 'reprocess')).toMatchObject({ fate, cause });
    expect(await wordsKept()).toBe(words);

    const released = await decide(id, 'release');
    expect(['ticket', 'reply']).toContain(released.fate);
    expect((await decide(id, 'release')).messageId).toBe(released.messageId);
    expect(await wordsKept()).toBe(words + 1);
    const undone = { fate: 'suspended', cause: 'undone', ticketId: null, detail: `#${released.ticketId}` };
    for (const _ of 'twice') expect(await decide(id, 'undo')).toMatchObject(undone);
    expect(await wordsKept()).toBe(words);
    const again = await decide(id, 'release');
    expect(again).toMatchObject({ fate: released.fate, ticketId: released.ticketId });
    expect(await wordsKept()).toBe(words + 1);

    await decide(id, 'undo');
    const joined = await join(id, home.ticketId as number);
    expect(joined).toMatchObject({ fate: 'reply', cause: 'person', ticketId: home.ticketId });
    expect((await join(id, home.ticketId as number)).messageId).toBe(joined.messageId);
    await expect(join(id, reply.ticketId as number)).rejects.toMatchObject({ status: 409 });
    expect(await wordsKept()).toBe(words + 1);
  },
);

it('says on the ticket that a report was taken off before it says it again', async () => {
  const mail = await room.receive({ from: walter, to: reply.replyTo as string, subject: 'Out of office' });
  await decide(mail.id, 'reprocess');
  const reported = ['mail.auto_replied', 'mail.undone', 'mail.reprocessed', 'mail.auto_replied'];
  expect(await eventsOf(mail.id)).toEqual(reported);
});

it('gives a mail without a sender to its envelope’s, and one without either to nobody', async () => {
  const named = await room.receive({ from: 'undisclosed', envelopeFrom: 'envy@envelope.example' });
  const { ticketId } = await decide(named.id, 'release');
  const envy = await findCustomerByIdentity(room.desk.db, 'email', 'envy@envelope.example');
  expect((await ticketReads.getTicketRow(room.desk.db, ticketId as number)).requesterId).toBe(
    envy?.customerId,
  );
  const formOfOurs = { from: 'help@desk.example', headers: { 'Reply-To': 'Fiona <fiona@form.example>' } };
  const form = await decide((await room.receive(formOfOurs)).id, 'release');
  const fiona = await findCustomerByIdentity(room.desk.db, 'email', 'fiona@form.example');
  const ticket = await ticketReads.getTicketRow(room.desk.db, form.ticketId as number);
  expect(ticket.requesterId).toBe(fiona?.customerId);
});

it('counts what waits for a decision, and nothing else', async () => {
  const { app } = await room.desk.http();
  const count = async () => {
    const headers = { authorization: `Bearer ${adminToken}` };
    return (await app.inject({ url: '/api/desk/v1/mail/ledger/held', headers })).json();
  };
  const before = await count();
  const held = await room.receive({ from: 'postmaster@counted.example' });
  expect(await count()).toEqual({ ...before, suspended: before.suspended + 1 });
  await decide(held.id, 'discard');
  expect(await count()).toEqual(before);
  await room.receive({ raw: manyParts() });
  expect(await count()).toEqual({ ...before, quarantined: before.quarantined + 1 });
});

describe('a mail that is taken off a ticket', () => {
  it('leaves it as it was: solved, and nobody waiting', async () => {
    const { desk } = room;
    const first = await room.receive({ from: 'sol@customer.example' });
    const ticketId = first.ticketId as number;
    const answered = await answer(ticketId, 'solved');
    const before = await ticketReads.getTicketRow(desk.db, ticketId);
    const wrong = await room.receive({ from: 'sol@customer.example', to: answered.replyTo as string });
    expect(wrong).toMatchObject({ fate: 'reply', ticketId });
    const reopened = await ticketReads.getTicketRow(desk.db, ticketId);
    expect(reopened).toMatchObject({ status: 'open' });
    expect(reopened.waitingSince).not.toBeNull();
    await decide(wrong.id, 'undo');
    const { status, solvedAt, waitingSince, messageCount, preview } = before;
    const after = await ticketReads.getTicketRow(desk.db, ticketId);
    expect(after).toMatchObject({ status, solvedAt, waitingSince, messageCount, preview });
    expect((await room.eventTypes()).slice(-4)).toEqual([
      'mail.undone',
      'ticket.status_changed',
      'message.redacted',
      'message.withdrawn',
    ]);
    expect(await decide(wrong.id, 'release')).toMatchObject({ fate: 'reply', ticketId });
    expect(await ticketReads.getTicketRow(desk.db, ticketId)).toMatchObject({ status: 'open' });
  });

  it('is there again with the ticket that somebody restores, and lets nothing in twice', async () => {
    const mail = await room.receive({ from: 'res@customer.example' });
    await decide(mail.id, 'undo');
    await room.desk.run({ kind: 'agent', id: room.agentId }, (cx) =>
      ticketCare.restoreTicket(cx, { ticketId: mail.ticketId as number }),
    );
    const { ticketId, messageId } = mail;
    const back = { fate: 'ticket', ticketId, messageId };
    expect(await findMail(room.desk.db, mail.id)).toMatchObject(back);
    expect(await decide(mail.id, 'release')).toMatchObject(back);
  });

  it('stays where others have written, and where its ticket goes on inside another', async () => {
    const answered = await room.receive({ from: 'ann@customer.example' });
    await answer(answered.ticketId as number);
    await expect(decide(answered.id, 'undo')).rejects.toMatchObject({ status: 409 });
    const [one, two] = [
      await room.receive({ from: 'mer@customer.example' }),
      await room.receive({ from: 'mer@customer.example' }),
    ];
    await room.desk.run({ kind: 'agent', id: room.agentId }, (cx) =>
      ticketCare.mergeTickets(cx, { from: one.ticketId as number, into: two.ticketId as number }),
    );
    await expect(decide(one.id, 'undo')).rejects.toThrow(/ticket_merged/);
    expect(await findMail(room.desk.db, one.id)).toMatchObject({ fate: 'ticket', ticketId: one.ticketId });
  });
});
