import { afterAll, beforeAll, expect, it } from 'vitest';
import { ticketReads } from '../../tickets/index.ts';
import { type MailRoom, openMailRoom } from './mail-room.ts';
import { closeReaders } from './readers.ts';

let room: MailRoom;
beforeAll(async () => {
  room = await openMailRoom();
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

it('goes from customer to desk to agent to customer and back onto the same ticket', async () => {
  const { desk } = room;
  const first = await room.receive({});
  expect(first).toMatchObject({
    fate: 'ticket',
    cause: null,
    trust: 'unknown',
    fromAddress: 'cora@customer.example',
  });
  const ticketId = first.ticketId as number;
  const ticket = await ticketReads.getTicketRow(desk.db, ticketId);
  expect(ticket).toMatchObject({
    subject: 'My printer is on fire',
    status: 'new',
    channel: 'email',
    inboxId: room.inbox.id,
  });

  await room.answer(ticketId, { message: { text: 'Pull the plug.\n\nThen call us.' } });
  await desk.settle();
  const waiting = (await room.outgoing()).at(-1);
  expect(waiting).toMatchObject({
    kind: 'reply',
    state: 'waiting',
    recipients: ['cora@customer.example'],
    attempts: 0,
  });
  desk.clock.advance(10);
  await desk.settle();
  const reply = (await room.outgoing()).at(-1);
  if (!reply) throw new Error('no reply');
  expect(reply.state).toBe('kept');
  const raw = await room.raw(reply);
  expect(raw).toContain(`Subject: Re: My printer is on fire [#${ticketId}]`);
  expect(raw).toContain(`In-Reply-To: <${first.headerId}>`);
  expect(raw).toContain('> Please help me with it.');
  expect(raw).toMatch(/^X-Firstline-Loop: [0-9a-f]{24}/m);

  const byAddress = await room.receive({
    to: reply.replyTo as string,
    subject: 'Re: something else',
    text: 'It is out now.',
  });
  expect(byAddress).toMatchObject({ fate: 'reply', cause: 'token', ticketId });
  const byHeader = await room.receive({
    subject: 'no number',
    headers: { 'In-Reply-To': `<${reply.headerId}>` },
  });
  expect(byHeader).toMatchObject({ fate: 'reply', cause: 'token', ticketId });
  // Without our token anybody could have written them: they stand apart until a person has looked.
  const byOwn = await room.receive({ subject: 'Re: x', headers: { References: `<${first.headerId}>` } });
  const bySubject = await room.receive({ subject: `Re: hello [#${ticketId}]` });
  for (const mail of [byOwn, bySubject]) {
    expect(mail).toMatchObject({ fate: 'ticket', cause: 'set_apart', detail: `#${ticketId}` });
    expect(mail.ticketId).not.toBe(ticketId);
  }

  const messages = await ticketReads.listMessages(desk.db, ticketId);
  expect(messages.map((one) => one.authorKind)).toEqual([
    'customer',
    'system',
    'agent',
    'customer',
    'customer',
  ]);
  const agents = messages.find((one) => one.authorKind === 'agent');
  expect(agents?.delivery?.state).toBe('kept');
});
