import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../../../../platform/events/event-map.ts';
import { type MailRoom, openMailRoom } from '../mail-room.ts';
import { closeReaders } from '../readers.ts';
import { closeRelay } from './deliver.ts';
import { type FakeRelay, openFakeRelay } from './fake-relay.ts';
import { holdOutgoing } from './hold-outgoing.ts';
import { retryOutgoing } from './retry-outgoing.ts';

let room: MailRoom;
let relay: FakeRelay;
beforeAll(async () => {
  relay = await openFakeRelay();
  const at = new Date(Date.now() + 1000).toISOString();
  room = await openMailRoom({ at, env: { SMTP_URL: relay.url } });
});
afterAll(async () => {
  closeRelay(relay.url);
  await relay.close();
  await room.desk.close();
  await closeReaders();
});

async function later(seconds: number): Promise<void> {
  room.desk.clock.advance(seconds);
  await room.desk.settle();
}
const lastOut = async () => (await room.outgoing()).at(-1);

it('sends nothing by itself that was about to go, and sends it once as the same mail when it is asked to', async () => {
  const { ticketId } = await room.receive({});
  await later(11);
  const sent = relay.taken.length;
  await room.answer(ticketId as number, { message: { text: 'Perhaps sent before' } });
  expect(await room.desk.run(system, holdOutgoing)).toBe(1);
  await later(3600);
  expect(relay.taken).toHaveLength(sent);
  const held = await lastOut();
  expect(held).toMatchObject({ state: 'held', attempts: 0 });
  expect(await room.eventTypes()).toContain('mail.held');
  expect(await room.desk.run(system, holdOutgoing)).toBe(0);

  await room.desk.run(system, (cx) => retryOutgoing(cx, { outgoingId: held?.id as number }));
  await later(1);
  expect(await lastOut()).toMatchObject({ state: 'sent', headerId: held?.headerId });
  expect(relay.taken).toHaveLength(sent + 1);
});
