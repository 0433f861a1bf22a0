import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../../../../platform/events/event-map.ts';
import { ticketReads } from '../../../tickets/index.ts';
import { createInbox } from '../../inboxes/change-inbox.ts';
import { findInbox, type Inbox } from '../../inboxes/inbox.ts';
import { type MailRoom, openMailRoom } from '../mail-room.ts';
import type { OutgoingRow } from '../outbox/outgoing-row.ts';
import { closeReaders } from '../readers.ts';
import { toBase32 } from './base32.ts';
import { type MailKey, readMailKeys } from './mail-keys.ts';
import { bounceAddress, readPlusToken, replyAddress, splitAddress } from './mail-tokens.ts';
import { readToken, signToken, type TokenContent } from './signed-token.ts';

let room: MailRoom;
let reply: OutgoingRow;
let other: OutgoingRow;
let otherInbox: Inbox;

const answered = async (from: string): Promise<OutgoingRow> =>
  answer((await room.receive({ from })).ticketId as number);

async function answer(ticketId: number): Promise<OutgoingRow> {
  await room.answer(ticketId);
  return (await room.outgoing()).at(-1) as OutgoingRow;
}

beforeAll(async () => {
  room = await openMailRoom();
  reply = await answered('cora@customer.example');
  other = await answered('olga@customer.example');
  const id = await room.desk.run(system, (cx) =>
    createInbox(cx, { name: 'Sales', addresses: ['sales@desk.example'] }),
  );
  otherInbox = (await findInbox(room.desk.db, id)) as Inbox;
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

const tokenOf = (row: OutgoingRow) => splitAddress(row.replyTo as string).plus?.slice(1) as string;

/** Every way to get a token wrong. */
function forgeries(token: string): string[] {
  const lengths = Array.from({ length: 65 }, (_, length) => 'a'.repeat(length));
  const cut = Array.from({ length: token.length }, (_, length) => token.slice(0, length));
  const flipped = [...token].flatMap((character, at) => {
    const changed = character === 'a' ? 'b' : 'a';
    return [
      token.slice(0, at) + changed + token.slice(at + 1),
      token.slice(0, at) + character.toUpperCase() + token.slice(at + 1),
    ].filter((one) => one !== token);
  });
  const longer = [`${token}a`, `a${token}`, `${token}=`, ` ${token}`, `${token}\u0000`];
  return [...lengths, ...cut, ...flipped, ...longer];
}

/** As all tokens were once, in mails that people still answer: six bytes an id, however small. */
function signWide({ id, secret }: MailKey, { ticketId, outgoingId }: TokenContent): string {
  const head = Buffer.alloc(13);
  head.writeUInt8(id, 0);
  head.writeUIntBE(ticketId, 1, 6);
  head.writeUIntBE(outgoingId, 7, 6);
  const mac = createHmac('sha256', secret).update('reply:1:').update(head).digest();
  return toBase32(Buffer.concat([head, mac.subarray(0, 16)]));
}

const contents: [number, TokenContent][] = [
  [34, { ticketId: 77, outgoingId: 5 }],
  [34, { ticketId: 65_535, outgoingId: 65_535 }],
  [37, { ticketId: 65_535, outgoingId: 65_536 }],
  [40, { ticketId: 16_777_216, outgoingId: 1 }],
  [47, { ticketId: 2 ** 47, outgoingId: 2 ** 48 - 1 }],
];

it.each(contents)(
  'takes a token of ours, %i characters long, for exactly what it was made for',
  async (length, content) => {
    const keys = await readMailKeys(room.desk.db);
    const token = signToken(keys, 'reply', 1, content);
    expect(token).toHaveLength(length);
    await expectOneUse(token, content);
  },
);

it('takes a token of the older, longer form for exactly what it was made for', async () => {
  const [key] = await readMailKeys(room.desk.db);
  const content = { ticketId: 77, outgoingId: 5 };
  const token = signWide(key as MailKey, content);
  expect(token).toHaveLength(47);
  await expectOneUse(token, content);
});

async function expectOneUse(token: string, content: TokenContent): Promise<void> {
  const keys = await readMailKeys(room.desk.db);
  expect(token).toMatch(/^[a-z2-7]+$/);
  expect(readToken(keys, 'reply', 1, token)).toEqual(content);
  expect(readToken(keys, 'reply', 2, token)).toBeNull();
  expect(readToken(keys, 'reply', 11, token)).toBeNull();
  expect(readToken(keys, 'message', 1, token)).toBeNull();
  expect(readToken(keys, 'bounce', 1, token)).toBeNull();
  const strangerKeys = keys.map((key) => ({ ...key, secret: Buffer.alloc(32) }));
  expect(readToken(strangerKeys, 'reply', 1, token)).toBeNull();
  for (const forged of forgeries(token)) expect(readToken(keys, 'reply', 1, forged), forged).toBeNull();
}

it('never writes an address that is longer than the standard allows', async () => {
  const keys = await readMailKeys(room.desk.db);
  const content = { ticketId: 70_000, outgoingId: 90_000 };
  const addressOf = (local: string, domain = 'desk.example') =>
    [replyAddress, bounceAddress].map((write) =>
      write(keys, { id: 1, address: `${local}@${domain}` }, content),
    );
  for (const address of addressOf('a'.repeat(25))) {
    expect(address).toMatch(/^a{25}\+[tb][a-z2-7]{37}@desk\.example$/);
    expect(readPlusToken(keys, 1, splitAddress(address).plus as string)?.content).toEqual(content);
  }
  const long = `${'a'.repeat(26)}@desk.example`;
  expect(addressOf('a'.repeat(26))).toEqual([long, long]);
  const domain = `${'d'.repeat(60)}.`.repeat(3) + 'e'.repeat(17);
  expect(addressOf('help', domain)).toEqual(Array(2).fill(expect.stringMatching(/^.{244}$/)));
  expect(addressOf('helpdesk-of-all', domain)).toEqual(Array(2).fill(`helpdesk-of-all@${domain}`));
});

it('threads by the Message-ID alone where an inbox has no room for a token', async () => {
  const address = 'customer-relations-of-the-north@desk.example';
  const id = await room.desk.run(system, (cx) => createInbox(cx, { name: 'Long', addresses: [address] }));
  const inbox = (await findInbox(room.desk.db, id)) as Inbox;
  const mail = await room.receive({ from: 'lena@customer.example', inbox, to: address });
  const row = await answer(mail.ticketId as number);
  expect(row).toMatchObject({ replyTo: address, returnPath: address });
  const back = await room.receive({
    from: 'lena@customer.example',
    inbox,
    to: address,
    subject: 'thank you',
    headers: { 'In-Reply-To': `<${row.headerId}>` },
  });
  expect(back).toMatchObject({ fate: 'reply', ticketId: row.ticketId });
});

it('never takes another spelling in an address', async () => {
  const keys = await readMailKeys(room.desk.db);
  const token = tokenOf(reply);
  expect(readPlusToken(keys, room.inbox.id, `t${token}`)?.content.ticketId).toBe(reply.ticketId);
  for (const forged of forgeries(token)) expect(readPlusToken(keys, room.inbox.id, `t${forged}`)).toBeNull();
  expect(readPlusToken(keys, room.inbox.id, `b${token}`)).toBeNull();
  expect(readPlusToken(keys, otherInbox.id, `t${token}`)).toBeNull();
});

it('never appends a mail with a wrong token to a ticket', async () => {
  const token = tokenOf(reply);
  const id = reply.headerId;
  const forged = [
    `<firstline.${token}@desk.example>`,
    `<${id.slice(0, -14)}@desk.example>`,
    `<${id.replace('firstline.', 'firstline.a')}>`,
    `<${id.replace(/\.(.)/, (_, character: string) => `.${character === 'a' ? 'b' : 'a'}`)}>`,
    `<${id.toUpperCase()}>`,
  ];
  const before = (await ticketReads.listMessages(room.desk.db, reply.ticketId as number)).length;
  for (const [index, header] of forged.entries()) {
    const mail = await room.receive({ subject: `forged ${index}`, headers: { 'In-Reply-To': header } });
    expect(mail, header).toMatchObject({ fate: 'ticket' });
    expect(mail.ticketId).not.toBe(reply.ticketId);
  }
  const otherDoor = await room.receive({
    inbox: otherInbox,
    to: 'sales@desk.example',
    headers: { 'In-Reply-To': `<${id}>` },
  });
  expect(otherDoor.ticketId).not.toBe(reply.ticketId);
  expect((await ticketReads.listMessages(room.desk.db, reply.ticketId as number)).length).toBe(before);
});

it('holds a true token in the hands of a stranger, and lets a person decide', async () => {
  const mail = await room.receive({
    from: 'mallory@else.example',
    to: reply.replyTo as string,
    subject: 'let me in',
  });
  expect(mail).toMatchObject({ fate: 'suspended', cause: 'stranger_with_token', ticketId: reply.ticketId });
  const customersOther = await room.receive({ from: 'cora@customer.example', to: other.replyTo as string });
  expect(customersOther).toMatchObject({
    fate: 'suspended',
    cause: 'stranger_with_token',
    ticketId: other.ticketId,
  });
  const { app } = await room.desk.http();
  expect(
    (await app.inject({ method: 'POST', url: `/api/desk/v1/mail/ledger/${mail.id}/release` })).statusCode,
  ).toBe(401);
});

it('does not believe a number in the subject from somebody who is not on the ticket', async () => {
  const mail = await room.receive({
    from: 'mallory@else.example',
    subject: `Re: hello [#${reply.ticketId}]`,
  });
  expect(mail.fate).toBe('ticket');
  expect(mail.ticketId).not.toBe(reply.ticketId);
  const known = await room.receive({
    from: 'olga@customer.example',
    headers: { References: '<m1@customer.example>' },
  });
  expect(known.ticketId).not.toBe(reply.ticketId);
});
