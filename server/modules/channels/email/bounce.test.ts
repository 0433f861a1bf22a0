import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../platform/db/database.ts';
import { ticketReads } from '../../tickets/index.ts';
import { type MailRoom, openMailRoom, writeMail } from './mail-room.ts';
import type { OutgoingRow } from './outbox/outgoing-row.ts';
import { closeReaders } from './readers.ts';

let room: MailRoom;
let reply: OutgoingRow;
let coraId: number;
beforeAll(async () => {
  room = await openMailRoom();
  await room.receive({ from: 'Dora <dora@else.example>', subject: 'another ticket' });
  const mail = await room.receive({});
  await room.answer(mail.ticketId as number, { status: 'solved' });
  room.desk.clock.advance(30);
  await room.desk.settle();
  reply = (await room.outgoing()).at(-1) as OutgoingRow;
  coraId = (await ticketReads.getTicketRow(room.desk.db, mail.ticketId as number)).requesterId;
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

interface Report {
  from?: string;
  subject?: string;
  /** In place of every header: what came had none. */
  bare?: boolean;
  lines: string[];
}

/** What the mail did to the ticket: its fate, and the events that it left there. */
async function report(to: string, { from, subject, bare, lines }: Report) {
  const before = (await listEvents()).length;
  const status = (await ticketReads.getTicketRow(room.desk.db, reply.ticketId as number)).status;
  const text = lines.join('\r\n');
  const raw = bare
    ? Buffer.from(text)
    : writeMail({ from: from ?? 'MAILER-DAEMON@mx.customer.example', to, subject: subject ?? 'x', text });
  const mail = await room.receive({ envelopeFrom: '', to, raw });
  const after = await ticketReads.getTicketRow(room.desk.db, reply.ticketId as number);
  // Whatever it says, nothing is reopened and nobody has written.
  expect([after.status, mail.messageId]).toEqual([status, null]);
  return { mail, told: (await listEvents()).slice(before) };
}

async function listEvents(): Promise<[type: string, data: object][]> {
  const events = await room.desk.db.all<{ type: string; data: object }>(
    sql`select type, data from events where ticket_id = ${reply.ticketId ?? 0} order by ticket_seq`,
  );
  return events.map(({ type, data }) => [type, data]);
}

const bounced = (status: string, hard: boolean, customerId: number | null = coraId) => [
  [
    'mail.bounced',
    expect.objectContaining({
      outgoingId: reply.id,
      hard,
      status,
      recipients: [{ customerId, status, hard }],
    }),
  ],
];

const qmail = (why: string) => [
  'Hi. This is the qmail-send program at mx.customer.example.',
  "I'm afraid I wasn't able to deliver your message to the following addresses.",
  "This is a permanent error; I've given up. Sorry it didn't work out.",
  '',
  '<cora@customer.example>:',
  why,
];
const copied = () => [
  '',
  '--- Below this line is a copy of the message.',
  '',
  'Return-Path: <x@y.example>',
  'From: Support <support@desk.example>',
  `Message-ID: <${reply.headerId}>`,
  '',
  'An answer',
];

describe('a report in words alone, sent to the return path', () => {
  it.each([
    ['5.1.1', true, 'Sorry, no mailbox here by that name. (#5.1.1)'],
    ['5.2.2', false, 'The users mailfolder is over the allowed quota (size). (#5.2.2)'],
    ['5.1.1', true, '192.0.2.5 does not like recipient.\r\nRemote host said: 550 5.1.1 User unknown'],
  ])('of qmail: %s', async (status, hard, why) => {
    const { mail, told } = await report(reply.returnPath, { subject: 'failure notice', lines: qmail(why) });
    expect(mail).toMatchObject({ fate: 'bounce', cause: hard ? 'hard' : 'soft', ticketId: reply.ticketId });
    expect(told).toEqual(bounced(status, hard));
  });

  it('of Exchange', async () => {
    const { mail, told } = await report(reply.returnPath, {
      from: 'System Administrator <postmaster@customer.example>',
      subject: 'Undeliverable: Re: My printer is on fire',
      lines: [
        'Your message',
        '',
        '  To:      cora@customer.example',
        '  Subject: Re: My printer is on fire',
        '',
        'did not reach the following recipient(s):',
        '',
        'cora@customer.example on Mon, 2 Mar 2026 10:00:00 +0000',
        '    The e-mail account does not exist at the organization this message was sent to.',
        '    <customer.example #5.1.1>',
      ],
    });
    expect(mail).toMatchObject({ fate: 'bounce', cause: 'hard', ticketId: reply.ticketId });
    expect(told).toEqual(bounced('5.1.1', true));
  });

  it('of nobody: no From, no Subject, no header at all', async () => {
    const words = [
      'Delivery to the following recipient failed permanently:',
      '',
      '     cora@customer.example',
      '',
    ];
    const { mail, told } = await report(reply.returnPath, {
      bare: true,
      lines: [...words, 'Technical details: 550 5.1.1 user unknown'],
    });
    expect(mail).toMatchObject({ fate: 'bounce', cause: 'hard', ticketId: reply.ticketId });
    expect(told).toEqual(bounced('5.1.1', true));
  });

  it('of Exim, which goes on trying', async () => {
    const { mail, told } = await report(reply.returnPath, {
      subject: 'Warning: message 1abc-0004 delayed 24 hours',
      lines: [
        'A message that you sent has not yet been delivered to one or more of its',
        'recipients after more than 24 hours on the queue on mx.customer.example.',
        '',
        '  cora@customer.example',
        '    Delay reason: Connection timed out',
      ],
    });
    expect(mail).toMatchObject({ fate: 'bounce', cause: 'delayed', ticketId: reply.ticketId });
    expect(told.map(([type]) => type)).toEqual(['mail.delayed']);
  });
});

describe('a report sent to the inbox', () => {
  it('is matched by the copy of our mail in it, and only by that', async () => {
    const lines = qmail('Sorry, no mailbox here by that name. (#5.1.1)');
    const matched = await report('support@desk.example', {
      subject: 'failure notice',
      lines: [...lines, ...copied()],
    });
    expect(matched.mail).toMatchObject({ fate: 'bounce', cause: 'hard', ticketId: reply.ticketId });
    expect(matched.told).toEqual(bounced('5.1.1', true));
    const without = await report('support@desk.example', { subject: 'failure notice', lines });
    expect(without.mail).toMatchObject({ fate: 'suspended', cause: 'backscatter', ticketId: null });
    expect(without.told).toEqual([]);
  });

  it('of Exchange with its machine-readable part is matched by what it answers', async () => {
    const raw = writeMail({
      from: 'Microsoft Outlook <MicrosoftExchange329e71ec@customer.example>',
      subject: 'Unzustellbar: Re: My printer is on fire',
      headers: {
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary="b"',
        'In-Reply-To': `<${reply.headerId}>`,
        'Auto-Submitted': 'auto-replied',
      },
      text: [
        '--b',
        'Content-Type: text/html',
        '',
        '<p>Fehler bei der Nachrichtenzustellung</p>',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns;mx.customer.example',
        '',
        'Final-recipient: RFC822;Cora@Customer.example',
        'Action: failed',
        'Status: 5.1.10',
        'Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup',
        'X-Display-Name: Cora',
        '--b--',
      ].join('\n'),
    });
    const mail = await room.receive({ envelopeFrom: '', raw });
    expect(mail).toMatchObject({ fate: 'bounce', cause: 'hard', detail: '5.1.10', ticketId: reply.ticketId });
  });
});

it('names nobody whom the mail was not sent to', async () => {
  const { told } = await report(reply.returnPath, {
    subject: 'failure notice',
    lines: qmail('Sorry, no mailbox here by that name. (#5.1.1)').map((line) =>
      line.replace('cora@customer.example', 'dora@else.example'),
    ),
  });
  expect(told).toEqual(bounced('5.1.1', true, null));
});

it('puts an absence note that came to the return path onto the timeline', async () => {
  const note = { subject: 'Away', headers: { 'Auto-Submitted': 'auto-replied' }, envelopeFrom: '' };
  const mail = await room.receive({ ...note, to: reply.returnPath });
  expect(mail).toMatchObject({ fate: 'auto_reply', ticketId: reply.ticketId });
  // What a person writes there has to show in another way where it belongs.
  const written = await room.receive({ subject: 'no number', to: reply.returnPath });
  expect(written.ticketId).not.toBe(reply.ticketId);
});
