import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../../test/desk.ts';
import { raw, sql } from '../../../platform/db/database.ts';
import { system } from '../../../platform/events/event-map.ts';
import { operationsModule } from '../../../platform/operations.ts';
import type { openTicket } from '../../tickets/index.ts';
import { metricsModule } from '../module.ts';
import { staffDoor } from '../testing/staff-door.ts';
import { recompute } from './recompute.ts';

/** Histories that no measuring can read, among others: they cost themselves alone, and every figure names them. */

let desk: TestDesk;
let customer: number;

beforeAll(async () => {
  desk = await openTestDesk({
    modules: [staffDoor({ role: 'admin' }), operationsModule, metricsModule],
    at: '2026-03-02T09:00:00Z',
  });
  ({ id: customer } = await desk.db.one<{ id: number }>(
    sql`insert into customers (name, created_at, updated_at) values ('Vera', now(), now()) returning id`,
  ));
});
afterAll(() => desk.close());

let monday = 2;
beforeEach(() => {
  desk.clock.set(new Date(Date.UTC(2026, 2, monday, 9)));
  monday += 7;
});

type Opening = Partial<Record<keyof Parameters<typeof openTicket>[1], unknown>>;

async function open(about: Opening = {}): Promise<number> {
  return desk.run(system, async (cx) => {
    const { id } = await cx.tx.one<{ id: number }>(sql`
      insert into tickets (subject, status, requester_id, channel, created_at, updated_at)
      values ('A lamp', 'new', ${customer}, 'email', ${cx.now}, ${cx.now}) returning id`);
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
      ...(about as object),
    });
    return id;
  });
}

const solve = (ticketId: number) =>
  desk.run({ kind: 'agent', id: 7 }, async (cx) =>
    cx.record('ticket.status_changed', ticketId, { from: 'new', to: 'solved', reason: null } as never),
  );

/** An event whose payload is nothing, as no command writes it. */
async function poison(ticketId: number): Promise<void> {
  await solve(ticketId);
  await desk.db.write(sql`
    update events set data = 'null' where id = (select max(id) from events where ticket_id = ${ticketId})`);
}

async function mend(ticketId: number): Promise<void> {
  await desk.db.write(sql`delete from events where ticket_id = ${ticketId} and data = 'null'`);
}

async function ask(path: string, method: 'GET' | 'POST' = 'GET') {
  const { app } = await desk.http();
  const answer = await app.inject({ method, url: `/api/desk/v1/${path}` });
  expect(answer.statusCode, `${path}: ${answer.body.slice(0, 300)}`).toBe(200);
  return answer.json();
}

const week = () => {
  const from = desk.clock.fixed() as Date;
  const day = (after: number) => new Date(from.getTime() + after * 86_400_000).toISOString().slice(0, 10);
  return `from=${day(-1)}&to=${day(5)}`;
};
const figure = (kpi: string) => ask(`kpis/${kpi}?${week()}`);
const aside = async () =>
  (await ask('set-aside')).items.map(
    ({ ticketId, tries, error }: { ticketId: number; tries: number; error: string }) => ({
      ticketId,
      tries,
      error: error.split('\n')[0],
    }),
  );
const nothing = 'TypeError: Cannot read properties of null';

async function retry(ticketId: number): Promise<void> {
  const { items } = await ask('set-aside');
  const { id } = items.find((item: { ticketId: number }) => item.ticketId === ticketId);
  await ask(`set-aside/${id}/retry`, 'POST');
  await desk.settle();
}

/** A function of the database that fails at the observations of one ticket. */
async function refuse(ticketId: number, statement: string): Promise<() => Promise<void>> {
  await desk.db.write(sql`
    create function refuse_one() returns trigger language plpgsql as ${raw(`$$
      begin if new.ticket_id = ${ticketId} then ${statement}; end if; return new; end $$`)}`);
  await desk.db.write(
    sql`create trigger refuse_one before insert on observations for each row execute function refuse_one()`,
  );
  return async () => {
    await desk.db.write(sql`drop function refuse_one() cascade`);
  };
}

describe('a ticket whose history cannot be replayed', () => {
  it('costs itself alone, is named by every figure, and comes back when it is mended', async () => {
    const [one, bad, other] = [await open(), await open(), await open()];
    await desk.settle();
    expect(await figure('ticket_volume')).toMatchObject({ value: 3 });
    expect((await figure('ticket_volume')).exclusions).not.toHaveProperty('unmeasured');
    desk.clock.advance(600);
    await solve(one);
    await poison(bad);
    await solve(other);
    await desk.settle();

    expect(await figure('ticket_volume')).toMatchObject({ value: 2, exclusions: { unmeasured: 1 } });
    expect(await figure('tickets_solved')).toMatchObject({ value: 2, exclusions: { unmeasured: 1 } });
    const { tiles } = await ask(`dashboard?${week()}`);
    expect(tiles.tickets_solved.value).toBe(2);
    for (const tile of Object.values<{ exclusions: object }>(tiles))
      expect(tile.exclusions).toMatchObject({ unmeasured: 1 });
    expect(tiles.backlog).toMatchObject({ value: 0, identity: { created: 2, solved: 2, closes: true } });
    expect(await ask('unmeasured')).toMatchObject({
      count: 1,
      items: [{ ticketId: bad, subject: 'A lamp' }],
      nextCursor: null,
    });
    expect(await aside()).toMatchObject([{ ticketId: bad, tries: 1 }]);
    expect((await aside())[0].error).toContain(nothing);
    const { head, items } = await ask('consumers');
    expect(items).toContainEqual({ name: 'metrics', position: head, error: null, setAside: 1 });

    expect(await recompute(desk.db)).toMatchObject({ added: 0, removed: 0, unmeasured: 1 });
    await retry(bad);
    expect(await aside()).toMatchObject([{ ticketId: bad, tries: 3 }]);

    await mend(bad);
    await retry(bad);
    expect(await aside()).toEqual([]);
    const whole = await figure('ticket_volume');
    expect(whole).toMatchObject({ value: 3 });
    expect(whole.exclusions).not.toHaveProperty('unmeasured');
    expect(await figure('backlog')).toMatchObject({ value: 1, identity: { closes: true } });
    expect(await recompute(desk.db)).toMatchObject({ added: 0, removed: 0, unmeasured: 0 });
  });

  it('is measured again when something happens to it', async () => {
    const bad = await open();
    await poison(bad);
    await desk.settle();
    expect(await aside()).toMatchObject([{ ticketId: bad, tries: 1 }]);
    await solve(bad);
    await desk.settle();
    expect(await aside()).toMatchObject([{ ticketId: bad, tries: 2 }]);
    await mend(bad);
    await solve(bad);
    await desk.settle();
    expect(await aside()).toEqual([]);
    expect(await figure('tickets_solved')).toMatchObject({ value: 1 });
  });

  it('is measured again by a recomputation, and when a desk starts', async () => {
    const [bad, worse] = [await open(), await open()];
    await poison(bad);
    await desk.settle();
    await mend(bad);
    expect(await recompute(desk.db)).toMatchObject({ removed: 0, unmeasured: 0 });
    expect(await aside()).toEqual([]);
    await poison(worse);
    await desk.settle();
    await mend(worse);
    const stop = await desk.startWork();
    await expect.poll(aside, { timeout: 10_000 }).toEqual([]);
    await stop();
    expect(await figure('ticket_volume')).toMatchObject({ value: 2 });
    expect(await recompute(desk.db)).toMatchObject({ added: 0, removed: 0 });
  });
});

describe('a ticket with a value that the database refuses', () => {
  it('is found among many, wherever it stands', async () => {
    const good: number[] = [];
    const bad: number[] = [];
    for (let n = 0; n < 23; n++) {
      if ([0, 9, 10, 22].includes(n)) bad.push(await open({ teamId: 'nobody' }));
      else good.push(await open());
    }
    await desk.settle();
    const found = await aside();
    expect(found.map(({ ticketId }: { ticketId: number }) => ticketId).sort()).toEqual(bad.sort());
    for (const { error } of found)
      expect(error).toBe('error: invalid input syntax for type bigint: "nobody"');
    expect(await figure('ticket_volume')).toMatchObject({
      value: good.length,
      exclusions: { unmeasured: bad.length },
    });
    expect(await recompute(desk.db)).toMatchObject({ added: 0, removed: 0, unmeasured: bad.length });
    await desk.db.write(
      sql`update events set data = data || '{"teamId": null}' where data->>'teamId' = 'nobody'`,
    );
    expect(await recompute(desk.db)).toMatchObject({ removed: 0, unmeasured: 0 });
    expect(await figure('ticket_volume')).toMatchObject({ value: 23 });
  });

  it('takes nothing of the others with it when a constraint is broken late', async () => {
    const [one, bad] = [await open(), await open()];
    const allow = await refuse(bad, `raise exception 'not this one' using errcode = 'check_violation'`);
    await desk.settle();
    await allow();
    expect(await aside()).toMatchObject([{ ticketId: bad, error: 'error: not this one' }]);
    expect((await ask(`kpis/ticket_volume/items?${week()}`)).items).toMatchObject([{ ticketId: one }]);
    await retry(bad);
    expect(await figure('ticket_volume')).toMatchObject({ value: 2 });
  });
});

describe('a failure that is no ticket’s', () => {
  it.each([
    ['a full disk', `raise exception 'no space' using errcode = 'disk_full'`],
    ['too little memory', `raise exception 'no memory' using errcode = 'out_of_memory'`],
    ['a statement that takes too long', `raise exception 'too long' using errcode = 'query_canceled'`],
    ['a lock', `raise exception 'locked' using errcode = 'lock_not_available'`],
    ['a serialization failure', `raise exception 'again' using errcode = 'serialization_failure'`],
    ['a deadlock', `raise exception 'again' using errcode = 'deadlock_detected'`],
    ['a column that is not there', 'perform no_such_column from observations'],
    ['a connection that is lost', 'perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1)'],
  ])('%s stops the consumer, and nothing is set aside', async (_, statement) => {
    const [, bad] = [await open(), await open()];
    const before = (await ask('consumers')).items;
    const allow = await refuse(bad, statement);
    await expect(desk.settle()).rejects.toThrow();
    await expect(recompute(desk.db)).rejects.toThrow();
    await allow();
    expect(await aside()).toEqual([]);
    expect((await ask('consumers')).items).toEqual(before);
    expect(await figure('ticket_volume')).toMatchObject({ value: 0 });
    await desk.settle();
    expect(await figure('ticket_volume')).toMatchObject({ value: 2 });
    expect(await aside()).toEqual([]);
  });
});
