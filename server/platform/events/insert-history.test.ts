import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { sql } from '../db/database.ts';
import { system } from './event-map.ts';
import { insertHistory } from './insert-history.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

const event = (ticketId: number, at: string) => ({
  type: 'ticket.deleted' as const,
  ticketId,
  actor: system,
  causedBy: null,
  at: new Date(at),
  data: {},
});
const tell = (...events: ReturnType<typeof event>[]) =>
  desk.run(system, (cx) => insertHistory(cx.tx, cx.commandId, cx.now, events));

it('numbers each ticket’s events on from its last, in the order given, as living commands do', async () => {
  await desk.run(system, async (cx) => cx.record('ticket.restored', 2, {}));
  await tell(
    event(1, '2020-01-01T00:00:00Z'),
    event(2, '2020-01-02T00:00:00Z'),
    event(1, '2020-01-03T00:00:00Z'),
  );
  await tell(event(2, '2020-01-04T00:00:00Z'));
  await desk.run(system, async (cx) => cx.record('ticket.restored', 1, {}));
  const rows = await desk.db.all<{ ticket_id: number; ticket_seq: number; type: string; year: number }>(sql`
    select ticket_id, ticket_seq, type, extract(year from at)::int as year from events
    where ticket_id is not null order by ticket_id, ticket_seq`);
  expect(rows.map((row) => `${row.ticket_id}.${row.ticket_seq} ${row.type} ${row.year}`)).toEqual([
    '1.1 ticket.deleted 2020',
    '1.2 ticket.deleted 2020',
    '1.3 ticket.restored 2026',
    '2.1 ticket.restored 2026',
    '2.2 ticket.deleted 2020',
    '2.3 ticket.deleted 2020',
  ]);
  const heads = await desk.db.all(sql`select ticket_id, seq from event_heads order by ticket_id`);
  expect(heads).toEqual([
    { ticket_id: 1, seq: 3 },
    { ticket_id: 2, seq: 3 },
  ]);
});

it('writes nothing for nothing', async () => {
  const count = () => desk.db.one(sql`select count(*) as n from events`);
  const before = await count();
  await tell();
  expect(await count()).toEqual(before);
});
