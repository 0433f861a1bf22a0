import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sql } from '../../server/platform/db/database.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { mailBy } from './talk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Texts that try to end a header line and begin one of their own. */
const evil = [
  'a\r\nX-Injected: yes',
  'a\nBcc: victim@evil.example',
  'a\rBcc: victim@evil.example',
  'a\r\n\r\nX-Injected: as a body',
  'a\u2028X-Injected: yes',
  'a\u2029Bcc: victim@evil.example',
  'a\u0085X-Injected: yes',
  'a\u0000\r\nX-Injected: yes',
  'a%0d%0aX-Injected: yes',
  '=?utf-8?Q?a=0D=0AX-Injected:_yes?=',
  `${'long '.repeat(60)}\r\nX-Injected: yes`,
];
const to = 'support@desk.example';
const known =
  /^(from|to|cc|reply-to|subject|message-id|in-reply-to|references|date|mime-version|auto-submitted|x-auto-response-suppress|x-firstline-loop|content-[a-z-]+)$/i;

let house: OpenHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

/** Every header that left the house is one we know, and nobody was written to whom nobody named. */
function expectNothingInjected(recipients: RegExp): void {
  expect(house.relay.taken.length).toBeGreaterThan(0);
  for (const mail of house.relay.taken) {
    const head = mail.data.slice(0, mail.data.indexOf('\n\n'));
    const names = head.split('\n').filter((line) => !/^[ \t]/.test(line));
    for (const line of names) expect(line.slice(0, line.indexOf(':')), line).toMatch(known);
    expect(mail.data).not.toMatch(/^(x-injected|bcc):/im);
    for (const one of mail.to) expect(one).toMatch(recipients);
  }
  house.relay.taken.length = 0;
}

it('puts no header of a mail into the answer', async () => {
  for (const [index, text] of evil.entries()) {
    const word = `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
    const raw = [
      `From: ${word} <mail${index}@x.example>`,
      `To: ${word} <${to}>`,
      `Cc: ${word} <copied${index}@x.example>`,
      `Subject: ${word}`,
      `Message-ID: <m${index}.${word}@x.example>`,
      `References: <${word}@x.example> <r${index}@x.example>`,
      `Reply-To: ${word} <victim@evil.example>`,
      '',
      'Please answer.',
    ].join('\r\n');
    expect(await mailBy(house.door.port, `mail${index}@x.example`, to, raw)).toMatch(/^250 /);
  }
  await house.settle();
  const tickets = await house.room.desk.db.all<{ id: number }>(sql`select id from tickets order by id`);
  expect(tickets).toHaveLength(evil.length);
  for (const { id } of tickets)
    expect((await house.call('POST', `/tickets/${id}/messages`, { text: 'An answer.' })).status).toBe(201);
  await house.settle();
  // An acknowledgement and an answer each.
  expect(house.relay.taken.length).toBe(2 * evil.length);
  expectNothingInjected(/^(mail|copied)\d+@x\.example$/);
});

it('puts no subject, name or file name of the API into a header', async () => {
  for (const [index, text] of evil.entries()) {
    const requester = { email: `api${index}@x.example`, name: text.slice(0, 200) };
    const inbox = await house.call('PATCH', `/inboxes/${house.room.inbox.id}`, { name: text.slice(0, 120) });
    expect([200, 422]).toContain(inbox.status);
    const opened = await house.call<{ id: number }>('POST', '/tickets', {
      subject: text,
      requester,
      message: { text: 'By API.' },
    });
    expect([201, 422]).toContain(opened.status);
    const file = await house.upload(text);
    expect([201, 422]).toContain(file.status);
    if (opened.status !== 201) continue;
    const attachments = file.key ? [file.key] : [];
    const answer = await house.call('POST', `/tickets/${opened.body.id}/messages`, {
      text: 'An answer with a file.',
      attachments,
    });
    expect(answer.status).toBe(201);
  }
  await house.settle();
  expectNothingInjected(/^api\d+@x\.example$/);
});

it('refuses addresses that are more than an address', async () => {
  for (const text of evil) {
    for (const email of [
      `${text}@x.example`,
      `a@x.example${text}`,
      `"${text}"@x.example`,
      `<a@x.example>,b${text}`,
    ]) {
      const { status } = await house.call('POST', '/tickets', {
        subject: 'x',
        requester: { email },
        message: { text: 'x' },
      });
      expect(status, email).toBe(422);
    }
  }
  await house.settle();
  expect(house.relay.taken).toEqual([]);
});
