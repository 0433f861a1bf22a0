import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../test/desk.ts';
import type { CommandContext } from './command.ts';
import { sql } from './db/database.ts';
import { system } from './events/event-map.ts';
import { GiveUp, RetryLater } from './jobs/job.ts';
import type { DeskModule } from './module.ts';
import { reactionDepth } from './run-commands.ts';

const seen: string[] = [];
let failures = 0;

const probe: DeskModule = {
  name: 'probe',
  reactions: {
    'ticket.deleted': async (cx, event) => {
      seen.push(`deleted by ${event.actor.kind}, caused ${cx.causedBy === event.id}`);
    },
    'ticket.restored': async (cx, event) => cx.record('ticket.restored', event.ticketId, {}),
    'ticket.unmarked_spam': async () => {
      throw new Error('a reaction refused');
    },
  },
  consumers: [
    {
      name: 'probe',
      consume: async (_tx, events) => {
        seen.push(...events.map((event) => `followed ${event.type}`));
      },
    },
  ],
  jobs: {
    'probe.ok': async (desk, job) => {
      await desk.run(system, async (cx) => cx.record('ticket.deleted', 5, {}), { job });
    },
    'probe.poison': async () => {
      throw new GiveUp('never works');
    },
    'probe.later': async () => {
      failures += 1;
      if (failures < 2) throw new RetryLater(60, 'not yet');
    },
  },
};

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk({ modules: [probe] });
});
afterAll(() => desk.close());

const countEvents = async (ticket: number) =>
  (await desk.db.one<{ n: number }>(sql`select count(*) as n from events where ticket_id = ${ticket}`)).n;

describe('a command', () => {
  it('runs reactions in its transaction and consumers after it', async () => {
    seen.length = 0;
    await desk.run({ kind: 'agent', id: 3 }, async (cx) => cx.record('ticket.deleted', 1, {}));
    expect(seen).toEqual(['deleted by agent, caused true']);
    await desk.settle();
    expect(seen).toEqual(['deleted by agent, caused true', 'followed ticket.deleted']);
  });

  it('leaves nothing behind when a reaction fails', async () => {
    const refused = desk.run(system, async (cx) => {
      cx.record('ticket.deleted', 2, {});
      cx.record('ticket.unmarked_spam', 2, {});
      cx.enqueue({ kind: 'probe.ok', payload: {} });
    });
    await expect(refused).rejects.toThrow('a reaction refused');
    expect(await countEvents(2)).toBe(0);
    expect((await desk.db.one<{ n: number }>(sql`select count(*) as n from jobs`)).n).toBe(0);
  });

  it('fails by the cause when a write that nobody awaited fails, and not by its echo', async () => {
    const refused = desk.run(system, async (cx) => {
      cx.record('ticket.deleted', 8, {});
      cx.send(sql`insert into settings (key, value) values ('twice', '1'), ('twice', '2')`);
      await cx.tx.one(sql`select 1 as n`);
    });
    await expect(refused).rejects.toThrow('settings_pkey');
    const alone = desk.run(system, async (cx) => cx.send(sql`select 1 / 0`));
    await expect(alone).rejects.toThrow('division by zero');
    expect(await countEvents(8)).toBe(0);
  });

  it('gives more events than it has ids for their ids in order', async () => {
    await desk.run(system, async (cx) => {
      for (let n = 0; n < 40; n++) cx.record(n % 2 ? 'ticket.tagged' : 'ticket.deleted', 9, {} as never);
    });
    const rows = await desk.db.all<{ seq: number }>(
      sql`select ticket_seq as seq from events where ticket_id = 9 order by id`,
    );
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  });

  it('answers what it left behind, reactions included, in its own transaction', async () => {
    const answer = await desk.runAndRead(
      { kind: 'agent', id: 3 },
      {
        first: (tx) => tx.one<{ six: number }>(sql`select 6 as six`),
        command: async (cx, { six }) => {
          cx.record('ticket.restored', six, {});
          return six;
        },
        read: (tx, ticketId) =>
          tx.one<{ n: number }>(sql`select count(*) as n from events where ticket_id = ${ticketId}`),
      },
    );
    expect(answer.n).toBe(reactionDepth + 1);
  });

  it('leaves nothing behind when what travels with its commit fails', async () => {
    const refused = desk.runAndRead(system, {
      command: async (cx) => {
        cx.record('ticket.deleted', 7, {});
        cx.enqueue({ kind: 'probe.ok', payload: {} });
      },
      read: (tx) => tx.one(sql`select 1 / 0`),
    });
    await expect(refused).rejects.toThrow('division by zero');
    expect(await countEvents(7)).toBe(0);
    const unstorable = desk.run(system, async (cx) => {
      cx.record('ticket.deleted', 7, {});
      cx.enqueue({ kind: 'probe.ok', payload: {}, priority: 99_999 });
    });
    await expect(unstorable).rejects.toThrow(/out of range/);
    expect(await countEvents(7)).toBe(0);
    expect((await desk.db.one<{ n: number }>(sql`select count(*) as n from jobs`)).n).toBe(0);
  });

  it('stops a reaction that wakes itself', async () => {
    await desk.run(system, async (cx) => cx.record('ticket.restored', 4, {}));
    expect(await countEvents(4)).toBe(reactionDepth + 1);
  });
});

describe('a job', () => {
  it('is done once, its row going with its effect', async () => {
    await desk.run(system, async (cx) => {
      cx.enqueue({ kind: 'probe.ok', payload: {}, key: 'same' });
      cx.enqueue({ kind: 'probe.ok', payload: {}, key: 'same' });
    });
    await desk.settle();
    expect(await countEvents(5)).toBe(1);
    expect((await desk.db.one<{ n: number }>(sql`select count(*) as n from jobs`)).n).toBe(0);
  });

  it('becomes a visible dead letter when it gives up', async () => {
    await desk.run(system, async (cx) => cx.enqueue({ kind: 'probe.poison', payload: { of: 1 } }));
    await desk.settle();
    const dead = await desk.db.one<{ state: string; last_error: string }>(
      sql`select state, last_error from jobs`,
    );
    expect(dead.state).toBe('dead');
    expect(dead.last_error).toContain('never works');
    await desk.db.write(sql`delete from jobs`);
  });

  it('waits when told to', async () => {
    await desk.run(system, async (cx) => cx.enqueue({ kind: 'probe.later', payload: {} }));
    await desk.settle();
    expect(failures).toBe(1);
    desk.clock.set(new Date(Date.now() + 120_000));
    await desk.settle();
    expect(failures).toBe(2);
  });
});

describe('commands that share a transaction', () => {
  const delay = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const ask = (ticketId: number, command: (cx: CommandContext) => Promise<unknown> = async () => undefined) =>
    desk.runAndRead(system, {
      command: async (cx) => {
        cx.record('ticket.deleted', ticketId, {});
        await cx.tx.one(sql`select 1 as one`);
        await command(cx);
        return cx.commandId;
      },
      read: async (tx, commandId) => {
        const { xid } = await tx.one<{ xid: string }>(sql`select pg_current_xact_id()::text as xid`);
        return { commandId, xid };
      },
      shares: `ticket ${ticketId}`,
    });

  it('keep commands, events and answers of their own', async () => {
    const made = await Promise.all([801, 802, 803, 804, 805, 806].map((id) => ask(id)));
    expect(new Set(made.map(({ commandId }) => commandId)).size).toBe(6);
    expect(new Set(made.map(({ xid }) => xid)).size).toBeLessThan(6);
    const rows = await desk.db.all<{ ticket_id: number; command_id: number; ticket_seq: number }>(
      sql`select ticket_id, command_id, ticket_seq from events where ticket_id between 801 and 806 order by 1`,
    );
    expect(rows).toEqual(
      made.map(({ commandId }, n) => ({ ticket_id: 801 + n, command_id: commandId, ticket_seq: 1 })),
    );
  });

  it('are each done once when one of them is refused or breaks the transaction', async () => {
    const results = await Promise.allSettled([
      ...[811, 812, 813, 814].map((id) => ask(id)),
      ask(815, async () => {
        throw new Error('no');
      }),
      ask(816, (cx) => cx.tx.one(sql`select 1 / 0 as broken`)),
      ask(817),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      ...Array(4).fill('fulfilled'),
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(String((results[4] as PromiseRejectedResult).reason)).toBe('Error: no');
    expect(String((results[5] as PromiseRejectedResult).reason)).toMatch(/division by zero/);
    const counts = await Promise.all([811, 812, 813, 814, 815, 816, 817].map(countEvents));
    expect(counts).toEqual([1, 1, 1, 1, 0, 0, 1]);
  });

  it('do not wait together for somebody else’s lock', async () => {
    await desk.db.write(sql`create table locked (id int primary key)`);
    await desk.db.write(sql`insert into locked values (1)`);
    let release = () => {};
    const held = desk.run(system, async (cx) => {
      await cx.tx.one(sql`select id from locked for update`);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    await delay(50);
    const stuck = ask(821, (cx) => cx.tx.one(sql`select id from locked for update`));
    const free = await Promise.all([822, 823, 824, 825].map((id) => ask(id)));
    expect(free).toHaveLength(4);
    release();
    await Promise.all([held, stuck]);
    expect(await countEvents(821)).toBe(1);
  });

  it('are not done again when their commit was on its way and the connection broke', async () => {
    await desk.db.write(sql`create table slow (id int)`);
    await desk.db.write(sql`create function be_slow() returns trigger language plpgsql as
      'begin perform pg_sleep(20); return null; end'`);
    await desk.db.write(sql`create constraint trigger slow after insert on slow deferrable initially deferred
      for each row execute function be_slow()`);
    let runs = 0;
    const slow = (id: number) =>
      ask(id, async (cx) => {
        runs++;
        cx.send(sql`insert into slow values (${id})`);
      });
    const all = Promise.allSettled([831, 832, 833, 834].map(slow));
    // The first leaves alone, the others together when it is broken off.
    for (let broken = 0; broken < 2; ) {
      await delay(20);
      const ended = await desk.db.all(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'commit%' and wait_event = 'PgSleep'`);
      broken += ended.length;
    }
    expect((await all).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    expect(runs).toBe(4);
  });
});
