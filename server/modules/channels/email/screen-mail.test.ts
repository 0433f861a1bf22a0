import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../platform/db/database.ts';
import { system } from '../../../platform/events/event-map.ts';
import { access } from '../../auth/index.ts';
import { findCustomerByIdentity } from '../../customers/index.ts';
import type { TimelineEntry } from '../../tickets/contract.ts';
import { ticketReads } from '../../tickets/index.ts';
import { type MailRoom, openMailRoom, writeMail } from './mail-room.ts';
import type { OutgoingRow } from './outbox/outgoing-row.ts';
import { closeReaders } from './readers.ts';

let room: MailRoom;
let reply: OutgoingRow;
const proof = (results: string) => ({ 'Authentication-Results': results });

beforeAll(async () => {
  room = await openMailRoom({ env: { TRUSTED_AUTHSERV_ID: 'mx.desk.example' } });
  const { desk } = room;
  const mail = await room.receive({});
  await room.answer(mail.ticketId as number, { status: 'solved' });
  desk.clock.advance(30);
  await desk.settle();
  reply = (await room.outgoing()).at(-1) as OutgoingRow;
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

it.each([
  ['own mail coming back', 'loop', () => ({ 'X-Firstline-Loop': reply ? mark() : '' })],
  ['a mail from an agent’s address', 'staff_by_mail', () => ({ From: 'anna@desk.example' })],
  ['a mail from our own inbox', 'own_address', () => ({ From: 'help@desk.example' })],
  ['a mail without a sender', 'no_sender', () => ({ From: 'undisclosed' })],
  ['a postmaster without a report', 'system_user', () => ({ From: 'postmaster@x.example' })],
  [
    'somebody else’s verification mail',
    'verification',
    () => ({ From: 'no-reply@saas.example', Subject: 'Verify your email' }),
  ],
  ['an absence note to nothing of ours', 'auto_mailer', () => ({ 'Auto-Submitted': 'auto-replied' })],
  ['a newsletter', 'auto_mailer', () => ({ 'List-Id': '<news.example>', Precedence: 'bulk' })],
  [
    'a forged sender',
    'forged',
    () => proof('mx.desk.example; dmarc=fail (p=REJECT) header.from=customer.example'),
  ],
] as const)('holds %s', async (_, cause, headers) => {
  const mail = await room.receive({ headers: headers() as Record<string, string> });
  expect(mail).toMatchObject({ fate: 'suspended', cause });
  expect(mail.ticketId).toBeNull();
});

it('takes what came by a group of our own house, and never answers it by itself', async () => {
  const group = {
    Precedence: 'list',
    'Mailing-list': 'list support@desk.example; contact support+owners@desk.example',
    'List-ID': 'Support <support.desk.example>',
    'List-Post': '<https://groups.example/a/desk.example/group/support/post>, <mailto:support@desk.example>',
    'List-Unsubscribe': '<mailto:googlegroups-manage+1+unsubscribe@groups.example>',
  };
  const before = (await room.outgoing()).length;
  const mail = await room.receive({ from: 'gina@group.example', subject: 'by the group', headers: group });
  expect(mail).toMatchObject({ fate: 'ticket', cause: null });
  const posted = { 'List-Id': '<1.groups.example>', 'List-Post': '<mailto:help@desk.example>' };
  expect(await room.receive({ from: 'gus@group.example', headers: posted })).toMatchObject({
    fate: 'ticket',
  });
  // The sender's domain allows no copies, so the group has written its own address over theirs.
  for (const header of ['Reply-To', 'X-Original-Sender']) {
    const headers = {
      ...group,
      From: "'Gil' via Support <support@desk.example>",
      [header]: 'gil@group.example',
    };
    const over = await room.receive({ subject: `over ${header}`, headers });
    const gil = await findCustomerByIdentity(room.desk.db, 'email', 'gil@group.example');
    const ticket = await ticketReads.getTicketRow(room.desk.db, over.ticketId as number);
    expect([over.fate, ticket.requesterId]).toEqual(['ticket', gil?.customerId]);
  }
  const nobody = { ...group, From: 'support@desk.example', 'Reply-To': 'support@desk.example' };
  expect(await room.receive({ headers: nobody })).toMatchObject({ fate: 'suspended', cause: 'own_address' });
  // Nearly our house is not our house.
  const others = { 'List-Id': '<news.otherdesk.example>', 'List-Post': '<mailto:help@desk.example.org>' };
  expect(await room.receive({ headers: others })).toMatchObject({ fate: 'suspended', cause: 'auto_mailer' });
  expect(await room.outgoing()).toHaveLength(before);
});

let deskMark = '';
function mark(): string {
  return deskMark;
}
beforeAll(async () => {
  deskMark = /X-Firstline-Loop: (\w+)/.exec(await room.raw(reply))?.[1] ?? '';
});

it('holds a mail that went round more than thirty servers', async () => {
  const received = 'Received: from a by b; Mon, 02 Mar 2026 09:00:00 +0000\r\n'.repeat(31);
  const raw = Buffer.concat([Buffer.from(received), writeMail({ subject: 'round' })]);
  expect(await room.receive({ raw })).toMatchObject({ fate: 'suspended', cause: 'loop' });
});

it('holds a blank mail', async () => {
  expect(await room.receive({ subject: '', text: ' ' })).toMatchObject({ fate: 'suspended', cause: 'blank' });
});

it('believes results of the trusted server only, and only its topmost', async () => {
  const stranger = await room.receive({
    subject: 's1',
    headers: proof('evil.example; dmarc=pass header.from=customer.example'),
  });
  expect(stranger.trust).toBe('unknown');
  const passed = await room.receive({
    subject: 's2',
    headers: proof('mx.desk.example; dmarc=pass header.from=customer.example'),
  });
  expect(passed).toMatchObject({ fate: 'ticket', trust: 'pass' });
  const below = Buffer.concat([
    Buffer.from(
      'Authentication-Results: mx.desk.example; dmarc=fail (p=none) header.from=customer.example\r\n',
    ),
    writeMail({ subject: 's3', headers: proof('mx.desk.example; dmarc=pass header.from=customer.example') }),
  ]);
  expect(await room.receive({ raw: below })).toMatchObject({ fate: 'ticket', trust: 'fail' });
  const proved = await room.receive({
    headers: { From: 'anna@desk.example', ...proof('mx.desk.example; dmarc=pass header.from=desk.example') },
  });
  expect(proved).toMatchObject({ fate: 'ticket', trust: 'pass' });
});

it('lets nobody disproved onto a ticket, not even with its token', async () => {
  const fail = proof('mx.desk.example; dmarc=fail (p=none) header.from=customer.example');
  const mail = await room.receive({ to: reply.replyTo as string, headers: fail });
  expect(mail).toMatchObject({ fate: 'suspended', cause: 'stranger_with_token' });
  const numbered = await room.receive({ subject: `Re: [#${reply.ticketId}]`, headers: fail });
  expect(numbered.ticketId).not.toBe(reply.ticketId);
});

it('puts an absence note onto the timeline and reopens nothing', async () => {
  const before = await ticketReads.getTicketRow(room.desk.db, reply.ticketId as number);
  const mail = await room.receive({
    to: reply.replyTo as string,
    subject: 'Out of office',
    headers: { 'Auto-Submitted': 'auto-replied' },
  });
  expect(mail).toMatchObject({ fate: 'auto_reply', ticketId: reply.ticketId });
  const after = await ticketReads.getTicketRow(room.desk.db, reply.ticketId as number);
  expect(after).toMatchObject({
    status: 'solved',
    version: before.version,
    messageCount: before.messageCount,
  });
});

it('matches a delivery report to the mail it is about, by its return path or by the Message-ID', async () => {
  const report = (to: string, id: string) =>
    Buffer.from(
      [
        'From: Mail Delivery System <mailer-daemon@relay.example>',
        `To: ${to}`,
        'Subject: Undelivered Mail Returned to Sender',
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'It did not work.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; relay.example',
        '',
        'Final-Recipient: rfc822; cora@customer.example',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 user unknown',
        '',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: <${id}>`,
        'Subject: Re: My printer is on fire',
        '',
        '--b--',
        '',
      ].join('\r\n'),
    );
  const byPath = await room.receive({
    envelopeFrom: '',
    to: reply.returnPath,
    raw: report(reply.returnPath, 'x@y'),
  });
  expect(byPath).toMatchObject({ fate: 'bounce', cause: 'hard', ticketId: reply.ticketId, detail: '5.1.1' });
  const byId = await room.receive({ envelopeFrom: '', raw: report('support@desk.example', reply.headerId) });
  expect(byId).toMatchObject({ fate: 'bounce', cause: 'hard', ticketId: reply.ticketId });
  const foreign = await room.receive({
    envelopeFrom: '',
    raw: report('support@desk.example', 'foreign@else.example'),
  });
  expect(foreign).toMatchObject({ fate: 'suspended', cause: 'backscatter' });
  const telling = async (...blocks: [action: string, status: string][]) => {
    const told = blocks.map(([action, status], n) =>
      [`Final-Recipient: rfc822; r${n}@x.example`, `Action: ${action}`, `Status: ${status}`].join('\r\n'),
    );
    const [head, rest] = report(reply.returnPath, 'x@y').toString().split('Final-Recipient:');
    const raw = `${head}${told.join('\r\n\r\n')}\r\n\r\n${rest?.slice(rest.indexOf('--b'))}`;
    return room.receive({ envelopeFrom: '', to: reply.returnPath, raw: Buffer.from(raw) });
  };
  const delivered = [
    ['relayed', '2.0.0'],
    ['delivered', '2.1.5'],
  ] as [string, string][];
  expect(await telling(...delivered)).toMatchObject({ fate: 'bounce', cause: 'delivered', detail: '2.0.0' });
  const late = await telling(...delivered, ['delayed', '4.4.1']);
  expect(late).toMatchObject({ fate: 'bounce', cause: 'delayed', detail: '4.4.1', ticketId: reply.ticketId });
  const worst = await telling(...delivered, ['failed', '5.2.2'], ['delayed', '4.4.1'], ['failed', '5.1.1']);
  expect(worst).toMatchObject({ fate: 'bounce', cause: 'hard', detail: '5.1.1' });
  const ticket = await ticketReads.getTicketRow(room.desk.db, reply.ticketId as number);
  expect(ticket.status).toBe('solved');
  const types = await room.eventTypes();
  expect(types.filter((type) => type === 'mail.bounced')).toHaveLength(3);
  expect(types.filter((type) => type === 'mail.delayed')).toHaveLength(1);
  const { token } = await room.desk.run(system, (cx) =>
    access.createApiToken(cx, { staffId: room.agentId, name: 'timeline', scopes: ['read'] }),
  );
  const { app } = await room.desk.http();
  const timeline = await app.inject({
    url: `/api/desk/v1/tickets/${reply.ticketId}/timeline`,
    headers: { authorization: `Bearer ${token}` },
  });
  const entries = timeline.json().items as TimelineEntry[];
  const told = entries.filter(({ type }) => type === 'mail.bounced' || type === 'mail.delayed');
  expect(told.map(({ people, data }) => [people, data.status, data.hard])).toEqual([
    [['Cora Customer'], '5.1.1', true],
    [['Cora Customer'], '5.1.1', true],
    [[], '4.4.1', undefined],
    [[], '5.1.1', true],
  ]);
});

it('opens a ticket for the person a mail copied in, and lets only proved people on a ticket copy others', async () => {
  const proved = proof('mx.desk.example; dmarc=pass header.from=customer.example');
  const mail = await room.receive({
    subject: 'with copy',
    headers: { Cc: 'Carl <carl@copy.example>, help@desk.example', ...proved },
  });
  const carl = await findCustomerByIdentity(room.desk.db, 'email', 'carl@copy.example');
  expect((await ticketReads.getTicketRow(room.desk.db, mail.ticketId as number)).ccIds).toEqual([
    carl?.customerId,
  ]);
  const copying = { Cc: 'Dora <dora@copy.example>, support@desk.example, anna@desk.example' };
  const unproved = await room.receive({ to: reply.replyTo as string, headers: copying });
  expect(unproved).toMatchObject({ fate: 'reply', ticketId: reply.ticketId });
  expect((await ticketReads.getTicketRow(room.desk.db, reply.ticketId as number)).ccIds).toEqual([]);
  const added = await room.receive({
    to: reply.replyTo as string,
    text: 'adding my colleague',
    headers: { ...copying, ...proved },
  });
  expect(added).toMatchObject({ fate: 'reply', ticketId: reply.ticketId });
  const withDora = await ticketReads.getTicketRow(room.desk.db, reply.ticketId as number);
  const dora = await findCustomerByIdentity(room.desk.db, 'email', 'dora@copy.example');
  // Neither the inbox nor the agent.
  expect(withDora.ccIds).toEqual([dora?.customerId]);
  expect(await room.desk.db.one(sql`select name from customers where id = ${dora?.customerId ?? 0}`)).toEqual(
    { name: 'Dora' },
  );
  const stranger = await room.receive({
    from: 'mallory@else.example',
    to: reply.replyTo as string,
    headers: { Cc: 'm2@else.example' },
  });
  expect(stranger.fate).toBe('suspended');
  const disproved = await room.receive({
    subject: 'x',
    headers: {
      Cc: 'm3@else.example',
      ...proof('mx.desk.example; dmarc=fail (p=none) header.from=customer.example'),
    },
  });
  expect((await ticketReads.getTicketRow(room.desk.db, disproved.ticketId as number)).ccIds).toEqual([]);
  expect(await findCustomerByIdentity(room.desk.db, 'email', 'm2@else.example')).toBeNull();
});

it('keeps the second delivery of the same bytes aside, and other bytes with the same Message-ID apart', async () => {
  const raw = writeMail({ subject: 'twice', headers: { 'Message-ID': '<same@customer.example>' } });
  const first = await room.receive({ raw });
  const second = await room.receive({ raw });
  expect(second).toMatchObject({ fate: 'duplicate', duplicateOf: first.id });
  const different = await room.receive({
    subject: 'not the same',
    headers: { 'Message-ID': '<same@customer.example>' },
  });
  expect(different).toMatchObject({ fate: 'ticket', flags: ['message_id_reused'] });
  expect(different.ticketId).not.toBe(first.ticketId);
});

it('opens a follow-up when the ticket is closed', async () => {
  const ticketId = reply.ticketId as number;
  await room.answer(ticketId, { message: { text: 'Bye' }, status: 'solved' });
  for (let day = 0; day < 40; day++) {
    room.desk.clock.advance(86_400);
    await room.desk.settle();
  }
  expect((await ticketReads.getTicketRow(room.desk.db, ticketId)).status).toBe('closed');
  const mail = await room.receive({ to: reply.replyTo as string, subject: 'Re: once more' });
  expect(mail).toMatchObject({ fate: 'ticket', cause: 'follow_up' });
  expect((await ticketReads.getTicketRow(room.desk.db, mail.ticketId as number)).followUpOf).toBe(ticketId);
  expect((await ticketReads.listMessages(room.desk.db, mail.ticketId as number)).length).toBeGreaterThan(0);
});
