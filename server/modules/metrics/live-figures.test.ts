import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import { metricsModule } from './module.ts';
import { recompute } from './observing/recompute.ts';
import { staffDoor } from './testing/staff-door.ts';

let desk: TestDesk;
let customer: number;

beforeAll(async () => {
  desk = await openTestDesk({ modules: [staffDoor(), metricsModule], at: '2026-03-02T09:00:00Z' });
  customer = (
    await desk.db.one<{ id: number }>(
      sql`insert into customers (name, created_at, updated_at) values ('Vera', now(), now()) returning id`,
    )
  ).id;
});
afterAll(() => desk.close());

async function ask(path: string) {
  const { app } = await desk.http();
  const answer = await app.inject({ method: 'GET', url: `/api/desk/v1/${path}` });
  return { status: answer.statusCode, body: answer.json() };
}

async function open(subject: string): Promise<number> {
  return desk.run(system, async (cx) => {
    const { id } = await cx.tx.one<{ id: number }>(sql`
      insert into tickets (subject, status, requester_id, channel, created_at, updated_at)
      values (${subject}, 'new', ${customer}, 'email', ${cx.now}, ${cx.now}) returning id`);
    cx.record('ticket.opened', id, {
      status: 'new',
      channel: 'email',
      origin: 'inbound',
      requesterId: customer,
      organizationId: null,
      inboxId: null,
      scheduleId: null,
      teamId: null,
      assigneeId: null,
      tier: null,
      priority: null,
      ticketType: null,
      language: null,
      tags: [],
      training: false,
      followUpOf: null,
    });
    return id;
  });
}

const act = (record: (cx: CommandContext) => void, id: number | null = null) =>
  desk.run({ kind: 'agent', id }, async (cx) => record(cx));

function reply(ticketId: number, messageId = 1) {
  const data = { messageId, author: 'agent', authorId: 7, channel: 'email', attachments: 0 } as const;
  return act((cx) => cx.record('message.sent', ticketId, data));
}

describe('live figures', () => {
  it('counts, times, waits, and says what changed after a period was over', async () => {
    const first = await open('one');
    const second = await open('two');
    desk.clock.advance(1500);
    await reply(first);
    await desk.settle();
    const day = 'from=2026-03-02&to=2026-03-03';
    const volume = await ask(`kpis/ticket_volume?${day}&interval=day&group_by=channel&compare=previous`);
    expect(volume.status).toBe(200);
    expect(volume.body).toMatchObject({ value: 2, n: 2, numerator: 2, restated: null, unit: 'tickets' });
    expect(volume.body.series).toEqual([
      {
        from: '2026-03-02T00:00:00.000Z',
        to: '2026-03-03T00:00:00.000Z',
        value: 2,
        n: 2,
        numerator: 2,
        denominator: 2,
      },
    ]);
    expect(volume.body.groups).toMatchObject([{ key: 'email', value: 2, share: 100 }]);
    expect(volume.body.comparison).toMatchObject({
      value: 0,
      delta: 2,
      percent: null,
      display: 'new',
      judgement: 'new',
    });
    const response = await ask(`kpis/first_response_time?${day}`);
    expect(response.body).toMatchObject({
      value: 1500,
      numerator: 1500,
      denominator: 1,
      median: 1500,
      p90: 1500,
      waiting: { count: 1, oldestSeconds: 1500 },
    });
    desk.clock.set(new Date('2026-03-04T09:00:00Z'));
    await act((cx) => cx.record('ticket.marked_spam', second, {}));
    await desk.settle();
    const later = await ask(`kpis/ticket_volume?${day}`);
    const spam = await desk.db.one<{ id: number }>(
      sql`select id from events where type = 'ticket.marked_spam'`,
    );
    expect(later.body).toMatchObject({
      value: 1,
      exclusions: { spam: 1 },
      restated: { was: 2, now: 1, events: [spam.id], eventCount: 1 },
    });
    const changes = await ask(`kpis/ticket_volume/changes?${day}`);
    expect(changes.body).toEqual({
      items: [
        {
          eventId: spam.id,
          type: 'ticket.marked_spam',
          ticketId: second,
          subject: 'two',
          at: '2026-03-04T09:00:00.000Z',
          recordedAt: '2026-03-04T09:00:00.000Z',
          data: {},
        },
      ],
      nextCursor: null,
      count: 1,
    });
    expect((await ask('kpis/ticket_volume/changes?from=2026-03-02&to=2026-03-09')).body.count).toBe(0);
    const items = await ask(`kpis/ticket_volume/items?${day}`);
    expect(items.body).toMatchObject({ count: 1, sum: 1, items: [{ ticketId: first, subject: 'one' }] });
    const stock = await ask('kpis/backlog?from=2026-03-02&to=2026-03-05');
    expect(stock.body).toMatchObject({
      value: 1,
      identity: { start: 0, created: 2, spam: 1, came: 2, went: 1, net: 1, end: 1, closes: true },
    });
    const behind = (term: string, days = 'from=2026-03-02&to=2026-03-05') =>
      ask(`kpis/backlog/items?${days}&term=${term}`);
    expect((await behind('created')).body).toMatchObject({ count: 2, sum: 2 });
    expect((await behind('spam')).body).toMatchObject({ count: 1, items: [{ ticketId: second }] });
    expect((await behind('start')).body).toMatchObject({ count: 0 });
    expect((await behind('start', 'from=2026-03-03&to=2026-03-05')).body).toMatchObject({ count: 2, sum: 2 });
    expect((await behind('reopened')).body).toMatchObject({ count: 0, items: [] });
    expect((await behind('nonsense')).status).toBe(400);
    expect((await ask(`kpis/ticket_volume/items?${day}&term=start`)).status).toBe(400);
  });

  it('recomputes to exactly the rows that were kept live', async () => {
    expect(await recompute(desk.db)).toMatchObject({ tickets: 2, added: 0, removed: 0 });
    const before = await desk.db.all(
      sql`select * from observations order by ticket_id, measure, key, recorded_at`,
    );
    await desk.db.write(sql`delete from observations`);
    await recompute(desk.db);
    const after = await desk.db.all(
      sql`select * from observations order by ticket_id, measure, key, recorded_at`,
    );
    const bare = (rows: object[]) => rows.map((row) => ({ ...row, id: 0 }));
    expect(bare(after)).toEqual(bare(before));
  });

  it('counts no reply that was taken back, and says when it stopped counting', async () => {
    desk.clock.set(new Date('2026-03-09T09:00:00Z'));
    const ticketId = await open('three');
    desk.clock.advance(600);
    await reply(ticketId, 2);
    await desk.settle();
    const response = () => ask('kpis/first_response_time?from=2026-03-09&to=2026-03-10');
    expect((await response()).body).toMatchObject({ numerator: 600, denominator: 1, waiting: { count: 0 } });
    await act((cx) => cx.record('message.withdrawn', ticketId, { messageId: 2, outgoingId: 1 }));
    await desk.settle();
    expect((await response()).body).toMatchObject({ denominator: 0, waiting: { count: 1 } });
    desk.clock.advance(300);
    await reply(ticketId, 3);
    await desk.settle();
    expect((await response()).body).toMatchObject({ numerator: 900, denominator: 1, waiting: { count: 0 } });
    expect(await recompute(desk.db)).toMatchObject({ added: 0, removed: 0 });
  });

  it('counts no breach that only a merge had brought, until the ticket’s own wait is too long', async () => {
    desk.clock.set(new Date('2026-03-11T09:00:00Z'));
    const ticketId = await open('four');
    const clock = { clockId: 7001, target: 'next_reply', cycle: 1, policyId: 1 } as const;
    const breach = () =>
      act((cx) => cx.record('sla.breached', ticketId, { ...clock, dueAt: cx.now.toISOString() }));
    const attained = async () => {
      await desk.settle();
      return (await ask('kpis/sla?from=2026-03-11&to=2026-03-12')).body;
    };
    await breach();
    expect(await attained()).toMatchObject({ numerator: 0, denominator: 1 });
    desk.clock.advance(600);
    await act((cx) => cx.record('sla.breach_retracted', ticketId, clock));
    expect(await attained()).toMatchObject({ numerator: 0, denominator: 0 });
    desk.clock.advance(600);
    await breach();
    expect(await attained()).toMatchObject({ numerator: 0, denominator: 1 });
  });

  it('gives the whole dashboard in one answer', async () => {
    const { status, body } = await ask('dashboard?from=2026-03-02&to=2026-03-05&compare=previous');
    expect(status).toBe(200);
    expect(Object.keys(body.tiles)).toHaveLength(9);
    expect(body.tiles.ticket_volume.series).toEqual([]);
  });

  it('gives each tile its series, and none of what has not begun', async () => {
    const days = 'from=2026-03-10&to=2026-03-14&interval=day';
    const { tiles } = (await ask(`dashboard?${days}`)).body;
    for (const [id, tile] of Object.entries<{ series: object[] }>(tiles)) {
      expect(tile.series, id).toEqual((await ask(`kpis/${id}?${days}`)).body.series);
      expect(tile.series).toHaveLength(2);
    }
    expect(tiles.ticket_volume.series.map(({ value }: { value: number }) => value)).toEqual([0, 1]);
  });

  it('names each KPI in words, with its definition and version', async () => {
    const { body } = await ask('kpis');
    expect(body.items[0]).toMatchObject({
      id: 'ticket_volume',
      name: 'Ticket volume',
      definition: 'Tickets whose creation lies in the period.',
      version: 1,
    });
  });

  it('refuses a label that no ticket can have', async () => {
    for (const filter of ['tag', 'language'])
      expect((await ask(`kpis/ticket_volume?from=2026-03-02&to=2026-03-03&${filter}=a%00b`)).status).toBe(
        400,
      );
  });
});
