import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../../../platform/events/event-map.ts';
import { findOrCreateCustomer } from '../../customers/index.ts';
import { type OpenTicket, openTicket, sendMessage } from '../../tickets/index.ts';
import { type MailRoom, openMailRoom } from './mail-room.ts';

let room: MailRoom;
beforeAll(async () => {
  room = await openMailRoom();
});
afterAll(() => room.desk.close());

/** A customer asks; answers the acknowledgements that are in the outbox for the ticket afterwards. */
async function ask(value: string, more: Partial<OpenTicket> = {}, answered = false) {
  const ticketId = await room.desk.run(system, async (cx) => {
    const { customerId } = await findOrCreateCustomer(cx, { kind: 'email', value });
    const opened = await openTicket(cx, {
      subject: '<b>Free money</b>',
      requesterId: customerId,
      channel: 'api',
      message: { text: 'Click here', author: 'customer', authorId: customerId },
      ...more,
    });
    const reply = {
      author: 'agent',
      authorId: room.agentId,
      public: true,
      message: { text: 'Hello' },
    } as const;
    if (answered) await sendMessage(cx, { ...opened, ...reply });
    return opened.ticketId;
  });
  await room.desk.settle();
  const mails = (await room.outgoing()).filter((mail) => mail.ticketId === ticketId);
  return { ticketId, receipts: mails.filter((mail) => mail.kind === 'acknowledgement') };
}

it('tells who asked by the API or a form its number, from the first inbox, and repeats no word of theirs', async () => {
  for (const channel of ['api', 'form'] as const) {
    const { ticketId, receipts } = await ask(`${channel}@customer.example`, { channel });
    expect(receipts).toHaveLength(1);
    expect(receipts[0]).toMatchObject({
      recipients: [`${channel}@customer.example`],
      fromAddress: 'support@desk.example',
      automatic: true,
    });
    const raw = await room.raw(receipts[0] as never);
    expect(raw).toContain(String(ticketId));
    expect(raw).not.toMatch(/Free money|Click here/);
  }
});

it('tells nobody twice in a day, no machine, nobody who was answered already, and no other channel', async () => {
  expect((await ask('api@customer.example')).receipts).toEqual([]);
  expect((await ask('no-reply@machines.example')).receipts).toEqual([]);
  expect((await ask('mailer-daemon@machines.example')).receipts).toEqual([]);
  expect((await ask('quick@customer.example', {}, true)).receipts).toEqual([]);
  expect((await ask('caller@customer.example', { channel: 'phone' })).receipts).toEqual([]);
  expect((await ask('trainee@customer.example', { training: true })).receipts).toEqual([]);
});
