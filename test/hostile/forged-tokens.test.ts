import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createInbox } from '../../server/modules/channels/inboxes/change-inbox.ts';
import { sql } from '../../server/platform/db/database.ts';
import { system } from '../../server/platform/events/event-map.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { mailBy, openTalk } from './talk.ts';

/**
 * Whoever does not hold the very token we made, or is not on its ticket, never gets a word onto that ticket: through
 * the door, in the envelope and in every header that can carry a token.
 */
const full = process.env.FIRSTLINE_FULL === '1';
vi.setConfig({ testTimeout: full ? 900_000 : 120_000, hookTimeout: 120_000 });
const inbox = 'support@desk.example';

interface Ticket {
  id: number;
  customer: string;
  /** The reply address's part behind the plus sign, and the whole Message-ID. */
  plus: string;
  headerId: string;
}

let house: OpenHouse;
let victim: Ticket;
let other: Ticket;
beforeAll(async () => {
  house = await openHouse();
  await house.room.desk.run(system, (cx) =>
    createInbox(cx, { name: 'Sales', addresses: ['sales@desk.example'] }),
  );
  victim = await openAnswered('vera@customer.example');
  other = await openAnswered('otto@customer.example');
});
afterAll(() => house?.close());

async function openAnswered(customer: string): Promise<Ticket> {
  const raw = `From: <${customer}>\r\nSubject: of ${customer}\r\nMessage-ID: <own.${customer}>\r\n\r\nhelp\r\n`;
  await mailBy(house.door.port, customer, inbox, raw);
  await house.settle();
  const { db } = house.room.desk;
  const { id } = await db.one<{ id: number }>(sql`select max(id) as id from tickets`);
  await house.call('POST', `/tickets/${id}/messages`, { text: 'An answer.' });
  await house.settle();
  const sent = (await house.room.outgoing()).findLast((one) => one.ticketId === id && one.kind === 'reply');
  const plus = /\+([^@]*)@/.exec(sent?.replyTo ?? '')?.[1] ?? '';
  return { id, customer, plus, headerId: sent?.headerId ?? '' };
}

const wordsOn = (ticket: Ticket) =>
  house.room.desk.db.one<{ count: number }>(
    sql`select count(*) as count from messages where ticket_id = ${ticket.id}`,
  );

/** Every way to get a token wrong; never the token itself. */
function forge(token: string): string[] {
  const lengths = Array.from({ length: 65 }, (_, length) => 'a'.repeat(length));
  const cut = Array.from({ length: token.length }, (_, length) => token.slice(0, length));
  const changed = [...token].flatMap((letter, at) => [
    token.slice(0, at) + (letter === 'a' ? 'b' : 'a') + token.slice(at + 1),
    token.slice(0, at) + letter.toUpperCase() + token.slice(at + 1),
  ]);
  const grown = [`${token}a`, `a${token}`, `${token}=`, `${token}+${token}`, token.toUpperCase()];
  const mixed = [token.slice(0, 20) + other.plus.slice(20), other.plus.slice(0, 20) + token.slice(20)];
  return [...new Set([...lengths, ...cut, ...changed, ...grown, ...mixed])].filter(
    (one) => one !== token && one !== other.plus,
  );
}

it('turns every forged address away at the door', async () => {
  const talk = await openTalk(house.door.port);
  await talk.answer();
  await talk.say('EHLO forger.example');
  await talk.say(`MAIL FROM:<${victim.customer}>`);
  const purpose = victim.plus.startsWith('t') ? `b${victim.plus.slice(1)}` : '';
  const parts = [...forge(victim.plus), purpose, ''].map((plus) => `support+${plus}@desk.example`);
  for (const address of [
    ...parts,
    `sales+${victim.plus}@desk.example`,
    `support+${victim.plus}@else.example`,
  ])
    expect(await talk.say(`RCPT TO:<${address}>`), address).toMatch(/^550 /);
  // The control: the true one is let in, by anybody; what they may say with it is asked below.
  expect(await talk.say(`RCPT TO:<support+${victim.plus}@desk.example>`)).toMatch(/^250 /);
  talk.hangUp();
});

it('never takes a forged or borrowed token out of a header, and holds a true one in wrong hands', async () => {
  const id = victim.headerId;
  const [, token = ''] = /^firstline\.([^@]*)@/.exec(id) ?? [];
  const sample = forge(victim.plus).filter((_, index) => full || index % 29 === 0);
  const samplesOfId = forge(token).filter((_, index) => full || index % 29 === 0);
  const forged = [
    ...sample.flatMap((plus) => [
      `To: <support+${plus}@desk.example>`,
      `Delivered-To: support+${plus}@desk.example`,
    ]),
    ...samplesOfId.flatMap((one) => [
      `In-Reply-To: <firstline.${one}@desk.example>`,
      `References: <firstline.${one}@desk.example>`,
    ]),
    `In-Reply-To: <${victim.plus}@desk.example>`,
    `In-Reply-To: <${id.toUpperCase()}>`,
    `In-Reply-To: <x.${id}>`,
  ];
  const before = await wordsOn(victim);
  const stranger = 'mallory@evil.example';
  const send = async (header: string, index: number) => {
    // The customer's own name does not help either: the ticket's number and true ids are what threads.
    const from = index % 2 ? stranger : victim.customer;
    const raw = `From: <${from}>\r\nSubject: forged ${index}\r\n${header}\r\n\r\nlet me in ${index}\r\n`;
    expect(await mailBy(house.door.port, from, inbox, raw)).toMatch(/^250 /);
  };
  for (let at = 0; at < forged.length; at += 8)
    await Promise.all(forged.slice(at, at + 8).map((header, n) => send(header, at + n)));
  const stolen = [
    [`support+${victim.plus}@desk.example`, `To: <support+${victim.plus}@desk.example>`],
    [inbox, `In-Reply-To: <${id}>`],
    [inbox, `Subject: Re: [#${victim.id}]`],
    [inbox, `References: <own.${victim.customer}>`],
    ['sales@desk.example', `In-Reply-To: <${id}>`],
  ] as const;
  for (const from of [stranger, other.customer])
    for (const [to, header] of stolen)
      await mailBy(
        house.door.port,
        from,
        to,
        `From: <${from}>\r\n${header}\r\n\r\nlet me in with ${header}\r\n`,
      );
  await house.settle();
  expect(await wordsOn(victim)).toEqual(before);
  const replies = await house.room.desk.db.all(sql`select id from mails where fate = 'reply'`);
  expect(replies).toEqual([]);
  const held = await house.room.desk.db.all(sql`
    select id from mails where fate = 'suspended' and cause = 'stranger_with_token' and ticket_id = ${victim.id}`);
  expect(held).toHaveLength(4);
});

it('never takes the customer’s own name for a proof, and nobody comes into copy by it', async () => {
  const before = await wordsOn(victim);
  const stolen = [
    `Subject: Re: of ${victim.customer} [#${victim.id}]`,
    `In-Reply-To: <own.${victim.customer}>`,
    `References: <x@evil.example> <own.${victim.customer}>`,
  ];
  for (const header of stolen) {
    const raw = `From: <${victim.customer}>\r\nCc: <evil@evil.example>\r\n${header}\r\n\r\nCopy me, please.\r\n`;
    await mailBy(house.door.port, 'evil@evil.example', inbox, raw);
  }
  await house.settle();
  expect(await wordsOn(victim)).toEqual(before);
  const { db } = house.room.desk;
  const apart = await db.all<{ detail: string }>(sql`select detail from mails where cause = 'set_apart'`);
  expect(apart.map(({ detail }) => detail)).toEqual(stolen.map(() => `#${victim.id}`));
  const tickets = await db.all<{ id: number }>(sql`select id from tickets where requester_id =
    (select requester_id from tickets where id = ${victim.id})`);
  for (const { id } of tickets)
    await house.call('POST', `/tickets/${id}/messages`, { text: 'For your eyes only.' });
  await house.settle();
  const sent = (await house.room.outgoing()).flatMap((row) => [...row.recipients, ...row.ccs]);
  expect(sent).not.toContain('evil@evil.example');
});

it('takes the true token from the customer it was made for', async () => {
  const before = await wordsOn(victim);
  const address = `support+${victim.plus}@desk.example`;
  await mailBy(house.door.port, victim.customer, address, `From: <${victim.customer}>\r\n\r\nThank you.\r\n`);
  await house.settle();
  expect((await wordsOn(victim)).count).toBe(before.count + 1);
});
