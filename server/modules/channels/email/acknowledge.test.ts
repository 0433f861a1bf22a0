import { afterAll, beforeAll, expect, it } from 'vitest';
import { listEventsOfTicket } from '../../../platform/events/read-events.ts';
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

/** Whom a receipt for this mail went to, and what its ticket's log says of mails. */
async function receiptOf(from: string, envelopeFrom: string, headers: Record<string, string> = {}) {
  const { ticketId } = await room.receive({ from, envelopeFrom, headers });
  const receipts = (await room.outgoing()).filter((row) => row.ticketId === ticketId);
  const events = await listEventsOfTicket(room.desk.db, ticketId as number);
  return {
    to: receipts.flatMap((row) => row.recipients),
    withheld: events.flatMap((event) => (event.type === 'mail.withheld' ? [event.data] : [])),
  };
}

it('writes no receipt to somebody in whose name a stranger wrote, and says so on the ticket', async () => {
  expect(await receiptOf('innocent@bank.example', 'spammer@evil.example')).toEqual({
    to: [],
    withheld: [{ limit: 'return_path' }],
  });
});

it('writes one where the return path leads to the same house, or the sender is proved', async () => {
  const told = (address: string) => ({ to: [address], withheld: [] });
  expect(await receiptOf('a@shop.example', 'bounces+1=desk@mail.shop.example')).toEqual(
    told('a@shop.example'),
  );
  const proved = { 'Authentication-Results': 'mx.desk.example; dmarc=pass header.from=shop.example' };
  expect(await receiptOf('b@shop.example', 'x@sender.example', proved)).toEqual(told('b@shop.example'));
});
