import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/desk.ts';
import { sql } from '../db/database.ts';
import { system } from './event-map.ts';
import { findStall } from './find-stall.ts';
import { listEventsAfter } from './read-events.ts';
import { adoptMoved, sequenceOnce } from './sequence-events.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk({ modules: [] });
});
afterAll(() => desk.close());

async function sequence(): Promise<number> {
  const client = await desk.db.connect();
  try {
    return await sequenceOnce(client);
  } finally {
    client.release();
  }
}

/** On a server that others use, a transaction of theirs may hold some of them back for a moment. */
async function sequenceAll(count: number): Promise<number> {
  let placed = 0;
  while (placed < count) placed += await sequence();
  return placed;
}

describe('the sequencer', () => {
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
  });

  it('never skips an event whose transaction began first and commits last', async () => {
    const start = await desk.db.one<{ position: number }>(sql`select position from event_cursor`);
    const slow = new pg.Client(desk.connection);
    await slow.connect();
    await slow.query('begin');
    const row = await slow.query<{ id: number }>(
      `insert into events (command_id, type, actor_kind, at) values (1, 'ticket.deleted', 'system', now()) returning id`,
    );
    const slowId = row.rows[0]?.id as number;
    await desk.run(system, async (cx) => cx.record('ticket.restored', 9, {}));
    // The later event is committed, but the horizon stands below it: nothing may be placed yet.
    expect(await sequence()).toBe(0);
    await slow.query('commit');
    await slow.end();
    expect(await sequenceAll(2)).toBe(2);
    const events = await listEventsAfter(desk.db, start.position, 10);
    expect(events[0]?.id).toBe(slowId);
    expect(events.map((event) => event.position)).toEqual([start.position + 1, start.position + 2]);
  });

  it('after a restore keeps positions and gives unsequenced rows the next ones', async () => {
    const start = await desk.db.one<{ position: number }>(sql`select position from event_cursor`);
    await desk.run(system, async (cx) => cx.record('ticket.deleted', 10, {}));
    // A restored row carries the transaction id of another cluster's past.
    await desk.db.write(sql`update events set xid8 = '3' where position is null`);
    expect(await sequenceAll(1)).toBe(1);
    const [event] = await listEventsAfter(desk.db, start.position, 10);
    expect(event?.position).toBe(start.position + 1);
  });

  it('does not wait until this server’s transactions have come as far as those of one that it was moved from', async () => {
    const start = await desk.db.one<{ position: number }>(sql`select position from event_cursor`);
    await desk.run(system, async (cx) => {
      cx.record('ticket.deleted', 12, {});
      cx.record('ticket.restored', 12, {});
    });
    // Beyond 32 bits, where a desk that has worked for long stands.
    await desk.db.write(sql`update events set xid8 = '12884901893' where position is null`);
    expect(await sequence()).toBe(0);
    const client = await desk.db.connect();
    try {
      expect(await adoptMoved(client)).toBe(2);
      expect(await adoptMoved(client)).toBe(0);
      // One that this server wrote is none of them, however new.
      await desk.run(system, async (cx) => cx.record('ticket.deleted', 12, {}));
      expect(await adoptMoved(client)).toBe(0);
    } finally {
      client.release();
    }
    expect(await sequenceAll(3)).toBe(3);
    const events = await listEventsAfter(desk.db, start.position, 2);
    expect(events.map(({ type }) => type)).toEqual(['ticket.deleted', 'ticket.restored']);
  });

  it('that is held up by a transaction that stays open is seen in health, and goes on after it', async () => {
    expect(await findStall(desk.db)).toBeNull();
    const open = new pg.Client(desk.connection);
    await open.connect();
    await open.query('begin');
    const { rows } = await open.query<{ pid: number }>(
      'select pg_backend_pid() as pid, pg_current_xact_id()',
    );
    await desk.run(system, async (cx) => cx.record('ticket.restored', 13, {}));
    await desk.db.write(
      sql`update events set recorded_at = now() - interval '2 minutes' where position is null`,
    );
    expect(await sequence()).toBe(0);
    expect(await findStall(desk.db)).toEqual({ seconds: 120, pid: rows[0]?.pid });
    const { app } = await desk.http();
    expect((await app.inject('/readyz')).json()).toEqual({
      status: 'ready',
      attention: ['event_log_held_up'],
    });
    expect((await app.inject('/metrics')).body).toMatch(/^firstline_events_unsequenced_seconds 12\d$/m);
    await open.query('rollback');
    await open.end();
    expect(await sequenceAll(1)).toBe(1);
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('two sequencers at once place each event once', async () => {
    const start = await desk.db.one<{ position: number }>(sql`select position from event_cursor`);
    for (let n = 0; n < 20; n++) await desk.run(system, async (cx) => cx.record('ticket.restored', 11, {}));
    const placed = await Promise.all([sequence(), sequence(), sequence()]);
    const atOnce = placed.reduce((sum, count) => sum + count, 0);
    expect(atOnce + (await sequenceAll(20 - atOnce))).toBe(20);
    const events = await listEventsAfter(desk.db, start.position, 100);
    expect(events.map((event) => event.position)).toEqual(
      Array.from({ length: 20 }, (_, n) => start.position + n + 1),
    );
  });
});
