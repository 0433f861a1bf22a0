import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentOf, sendMessage, ticketFiles } from '../../../tickets/index.ts';
import { type MailRoom, openMailRoom } from '../mail-room.ts';
import { closeReaders } from '../readers.ts';
import { readOutgoingRaw } from './read-outgoing-raw.ts';

/** A desk without a relay. */
let room: MailRoom;
beforeAll(async () => {
  room = await openMailRoom({ at: new Date(Date.now() + 1000).toISOString() });
});
afterAll(async () => {
  await room.desk.close();
  await closeReaders();
});

const lastOut = async () => (await room.outgoing()).at(-1);

async function answer(attachments: string[] = []): Promise<void> {
  const { ticketId } = await room.receive({ from: 'cora@customer.example' });
  const writer = { kind: 'agent', id: room.agentId } as const;
  await room.desk.run(writer, async (cx) => {
    const message = await contentOf(cx, { text: 'An answer', attachments });
    const said = { author: 'agent', authorId: room.agentId, public: true, message } as const;
    await sendMessage(cx, { ticketId: ticketId as number, ...said });
  });
}

async function later(seconds: number): Promise<void> {
  room.desk.clock.advance(seconds);
  await room.desk.settle();
}

it('keeps a mail readable, and says so once', async () => {
  await answer();
  await later(11);
  expect(await lastOut()).toMatchObject({
    state: 'kept',
    attempts: 1,
    answers: [],
    sentAt: expect.any(Date),
  });
  expect((await room.eventTypes()).filter((type) => type === 'mail.sent')).toHaveLength(2);
  const id = (await lastOut())?.id as number;
  expect((await readOutgoingRaw(room.desk, id)).toString()).toContain('An answer');
  await later(3600);
  expect(await lastOut()).toMatchObject({ state: 'kept', attempts: 1 });
});

it('says why it cannot be made, and keeps it once it can be', async () => {
  const bytes = Buffer.from('lost for a while');
  const file = { fileName: 'lost.txt', contentType: 'text/plain', bytes };
  const { key } = await ticketFiles.uploadFile(room.desk, { kind: 'agent', id: room.agentId }, file);
  await answer([key]);
  await room.desk.files.remove(createHash('sha256').update(bytes).digest('hex'));
  await later(11);
  const lastError = expect.stringContaining('ENOENT');
  expect(await lastOut()).toMatchObject({ state: 'retrying', attempts: 1, lastError });
  await room.desk.files.write(bytes);
  await later(61);
  expect(await lastOut()).toMatchObject({ state: 'kept', attempts: 2, lastError: null });
});
