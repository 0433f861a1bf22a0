import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../../platform/events/read-events.ts';
import { claimJobs } from '../../../platform/jobs/claim-jobs.ts';
import { findOrCreateCustomer } from '../../customers/index.ts';
import { openTicket } from '../../tickets/index.ts';
import { acknowledgeMail } from './acknowledge.ts';
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

it('writes one, though mails of the same sender are acknowledged at the same time', async () => {
  const { desk } = room;
  for (const n of [1, 2, 3, 4]) {
    const address = { kind: 'email' as const, value: 'hasty@shop.example' };
    await desk.run(system, async (cx) => {
      const { customerId: requesterId } = await findOrCreateCustomer(cx, address);
      const message = { text: `${n}`, author: 'customer' as const, authorId: requesterId };
      const ticket = { subject: `${n}`, requesterId, channel: 'form' as const, origin: 'inbound' as const };
      await openTicket(cx.as({ kind: 'customer', id: requesterId }), {
        ...ticket,
        inboxId: room.inbox.id,
        message,
      });
    });
  }
  const jobs = await claimJobs(desk.db, ['mail.acknowledge'], 4, desk.clock.fixed());
  expect(jobs).toHaveLength(4);
  await Promise.all(jobs.map((job) => acknowledgeMail(desk, job)));
  const receipts = (await room.outgoing()).filter((row) => row.recipients.includes('hasty@shop.example'));
  expect(receipts).toHaveLength(1);
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
