import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../server/platform/db/database.ts';
import { system } from '../server/platform/events/event-map.ts';
import { listEventsAfter } from '../server/platform/events/read-events.ts';
import { openTestDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk({ modules: [] });
});
afterAll(() => desk.close());

it('numbers a ticket’s events in order and gives them dense positions', async () => {
  await desk.run(system, async (cx) => {
    cx.record('ticket.subject_changed', 7, {});
    cx.record('ticket.deleted', 7, {});
    cx.record('ticket.deleted', 8, {});
  });
  await desk.run(system, async (cx) => cx.record('ticket.restored', 7, {}));
  await desk.settle();
  const events = await listEventsAfter(desk.db, 0, 10);
  expect(events.map((event) => [event.position, event.ticketId, event.ticketSeq, event.type])).toEqual([
    [1, 7, 1, 'ticket.subject_changed'],
    [2, 7, 2, 'ticket.deleted'],
    [3, 8, 1, 'ticket.deleted'],
    [4, 7, 3, 'ticket.restored'],
  ]);
  expect(events[0]?.at.toISOString()).toBe('2026-03-02T09:00:00.000Z');
  await desk.db.write(sql`select 1`);
});
