import { expect, test } from 'vitest';
import type { Message, TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';
import { mergeThread } from './thread-items.ts';

const message = (id: number, createdAt: string) => ({ id, createdAt }) as Message;
const event = (eventId: number, at: string) => ({ eventId, at, type: 'ticket.tagged' }) as TimelineEntry;

test('events stand between the messages they happened between, in the order of the log', () => {
  const items = mergeThread(
    [message(1, '2026-03-02T09:00:00.000Z'), message(2, '2026-03-02T10:00:00.000Z')],
    [
      event(12, '2026-03-02T11:00:00.000Z'),
      event(11, '2026-03-02T09:00:00.000Z'),
      event(10, '2026-03-02T09:00:00.000Z'),
    ],
  );
  const told = items.map((item) =>
    item.kind === 'message' ? item.message.id : item.events.map((one) => one.eventId),
  );
  expect(told).toEqual([1, [10, 11], 2, [12]]);
});
