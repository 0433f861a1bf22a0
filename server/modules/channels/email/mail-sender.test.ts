import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCustomerByIdentity } from '../../customers/index.ts';
import { ticketReads } from '../../tickets/index.ts';
import { type MailRoom, openMailRoom } from './mail-room.ts';
import { closeReaders } from './readers.ts';

let room: MailRoom;
beforeAll(async () => {
  room = await openMailRoom({ env: { TRUSTED_AUTHSERV_ID: 'mx.desk.example' } });
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

const form = 'Shop <noreply@shop.example>';
const requesterOf = async (ticketId: number | null) =>
  (await ticketReads.getTicketRow(room.desk.db, ticketId as number)).requesterId;
const customerOf = async (address: string) =>
  (await findCustomerByIdentity(room.desk.db, 'email', address))?.customerId;

it('takes the person whom a machine asks to answer for the sender, and answers there', async () => {
  const headers = { 'Reply-To': 'Rita Real <Rita@Person.example>' };
  const mail = await room.receive({ from: form, headers });
  expect(mail).toMatchObject({ fate: 'ticket', fromAddress: 'noreply@shop.example' });
  expect(await requesterOf(mail.ticketId)).toBe(await customerOf('rita@person.example'));
  expect(await customerOf('noreply@shop.example')).toBeUndefined();
});

it.each([
  ['a person', 'Pat <pat@person.example>', 'other@person.example', 'pat@person.example'],
  ['a machine that names a machine', form, 'do-not-reply@shop.example', 'noreply@shop.example'],
  ['a machine that names ourselves', form, 'support+x@desk.example', 'noreply@shop.example'],
  ['a machine that names nobody', form, 'nobody', 'noreply@shop.example'],
])('keeps the sender of %s', async (_, from, replyTo, sender) => {
  const mail = await room.receive({ from, headers: { 'Reply-To': replyTo } });
  expect(await requesterOf(mail.ticketId)).toBe(await customerOf(sender));
});

it('does not take the proof of the machine for a proof of whom it names', async () => {
  const proof = 'mx.desk.example; dmarc=pass header.from=evil.example';
  const evil = 'no-reply@evil.example';
  const first = await room.receive({ from: 'victim@v.example' });
  const mail = await room.receive({
    from: evil,
    headers: {
      'Reply-To': 'victim@v.example',
      'In-Reply-To': `<${first.headerId}>`,
      Cc: 'second@evil.example',
      'Authentication-Results': proof,
    },
  });
  expect(mail).toMatchObject({ fate: 'ticket', cause: 'set_apart', trust: 'unknown' });
  expect(await customerOf('second@evil.example')).toBeUndefined();
  const asStaff = { 'Reply-To': 'anna@desk.example', 'Authentication-Results': proof };
  expect(await room.receive({ from: evil, headers: asStaff })).toMatchObject({ cause: 'staff_by_mail' });
});
