import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { ticketReads } from './index.ts';

/** A change that is taken back at once leaves its ticket, its promises and the figures as if it had not been. */

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
  const targets = ['claim', 'first_reply', 'next_reply', 'resolution'].map((target, n) => ({
    target,
    seconds: 3600 * (n + 1),
  }));
  const policy = await cast.call(cast.ada, 'POST', '/sla-policies', { name: 'Everyone', targets });
  expect(policy.status).toBe(201);
});
afterAll(() => cast.desk.close());

const change = async (id: number, body: object, who = cast.ben) =>
  expect((await cast.call(who, 'PATCH', `/tickets/${id}`, body)).status).toBe(200);
const claim = async (id: number, who = cast.ben) =>
  expect((await cast.call(who, 'POST', `/tickets/${id}/claim`, {})).status).toBe(200);
const undo = (id: number, body: object, who = cast.ben) =>
  cast.call(who, 'POST', `/tickets/${id}/undo`, body);
const wait = (seconds: number) => cast.desk.clock.advance(seconds);

async function standing(id: number) {
  const { version: _version, updatedAt: _at, ...row } = await ticketReads.getTicketRow(cast.desk.db, id);
  const clocks = await cast.desk.db.all(sql`
    select target, cycle, runs, fulfilled_at, cancelled_by, due_at, breached_at from sla_clocks
    where ticket_id = ${id} and cancelled_by is distinct from 'withdrawn' order by target, cycle`);
  return { ...row, clocks };
}

async function figuresOf(...kpis: string[]) {
  await cast.desk.settle();
  const day = (cast.desk.clock.fixed() as Date).toISOString().slice(0, 10);
  const shown: Record<string, unknown> = {};
  for (const kpi of kpis) {
    const { body } = await cast.call(cast.ada, 'GET', `/kpis/${kpi}?from=2020-01-01&to=${day}`);
    shown[kpi] = { n: body.n, value: body.value, numerator: body.numerator };
  }
  return shown;
}

describe('an own change that is taken back', () => {
  it('solved nothing: status, wait and every promise go on', async () => {
    const id = await cast.open();
    wait(600);
    const before = await standing(id);
    const counted = await figuresOf('tickets_solved', 'resolution_time', 'reopen_rate', 'sla', 'backlog');
    await change(id, { status: 'solved' });
    expect(await standing(id)).toMatchObject({ status: 'solved', waitingSince: null });
    wait(6);
    const answer = await undo(id, { status: 'solved' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'new', waitingSince: expect.any(String) } });
    expect(await standing(id)).toEqual(before);
    expect(await figuresOf('tickets_solved', 'resolution_time', 'reopen_rate', 'sla', 'backlog')).toEqual(
      counted,
    );
  });

  it('opened nothing again: the ticket closes when it would have', async () => {
    const id = await cast.open();
    await change(id, { status: 'solved' });
    wait(3600);
    const before = await standing(id);
    const counted = await figuresOf('tickets_solved', 'resolution_time', 'reopen_rate');
    await change(id, { status: 'open' });
    wait(5);
    await undo(id, { status: 'open' });
    expect(await standing(id)).toEqual(before);
    expect(await figuresOf('tickets_solved', 'resolution_time', 'reopen_rate')).toEqual(counted);
  });

  it('paused nothing', async () => {
    const id = await cast.open();
    await change(id, { status: 'open' });
    wait(60);
    const before = await standing(id);
    await change(id, { status: 'pending' });
    wait(9);
    await undo(id, { status: 'pending' });
    expect(await standing(id)).toEqual(before);
  });

  it('claimed nothing: it is still to be claimed, and the one who does is counted', async () => {
    const id = await cast.open();
    const before = await standing(id);
    const counted = await figuresOf('claim_time');
    wait(30);
    await claim(id);
    wait(5);
    expect(await undo(id, { assigneeId: cast.ben })).toMatchObject({
      status: 200,
      body: { assigneeId: null },
    });
    expect(await standing(id)).toEqual(before);
    expect(await figuresOf('claim_time')).toEqual(counted);
    wait(60);
    await claim(id, cast.ada);
    const clocks = (await standing(id)).clocks as { target: string; fulfilled_at: Date }[];
    const taken = clocks.find(({ target }) => target === 'claim');
    expect(taken?.fulfilled_at).toEqual(cast.desk.clock.fixed());
  });

  it('takes a promise back that was broken before it was made', async () => {
    const id = await cast.open();
    wait(3601);
    await cast.desk.settle();
    const before = await standing(id);
    await claim(id);
    wait(5);
    await undo(id, { assigneeId: cast.ben });
    expect(await standing(id)).toEqual(before);
  });

  it('tells in the log what it takes back', async () => {
    const id = await cast.open();
    const [solved] = await cast.during(() => change(id, { status: 'solved' }));
    const told = await cast.during(() => undo(id, { status: 'solved' }));
    expect(solved).toMatchObject({ type: 'ticket.status_changed' });
    expect(told.find(({ type }) => type === 'ticket.status_changed')?.data).toEqual({
      from: 'solved',
      to: 'new',
      undoes: [expect.any(Number)],
    });
  });
});

describe('what can no longer be taken back', () => {
  const refused = { status: 409, body: { error: { code: 'not_undoable' } } };

  it('is what somebody changed since, were it back and forth', async () => {
    const id = await cast.open();
    await change(id, { status: 'solved' });
    await change(id, { status: 'open' }, cast.ada);
    expect(await undo(id, { status: 'solved' })).toMatchObject(refused);
    await change(id, { status: 'solved' }, cast.ada);
    expect(await undo(id, { status: 'solved' })).toMatchObject(refused);
    expect((await standing(id)).status).toBe('solved');
  });

  it('is what is taken back already: a second press changes nothing', async () => {
    const id = await cast.open();
    await change(id, { status: 'pending' });
    await change(id, { status: 'solved' });
    expect((await undo(id, { status: 'solved' })).status).toBe(200);
    expect(await undo(id, { status: 'solved' })).toMatchObject(refused);
    expect((await standing(id)).status).toBe('pending');
  });

  it("is another one's, or half a minute old", async () => {
    const id = await cast.open();
    await change(id, { status: 'solved' });
    expect(await undo(id, { status: 'solved' }, cast.ada)).toMatchObject(refused);
    wait(31);
    expect(await undo(id, { status: 'solved' })).toMatchObject(refused);
  });

  it('leaves both where one of two cannot be', async () => {
    const id = await cast.open();
    await change(id, { status: 'solved', assigneeId: cast.ben });
    await change(id, { assigneeId: cast.ada }, cast.ada);
    expect(await undo(id, { status: 'solved', assigneeId: cast.ben })).toMatchObject(refused);
    expect(await standing(id)).toMatchObject({ status: 'solved', assigneeId: cast.ada });
  });

  it('is nothing at all', async () => {
    const id = await cast.open();
    expect((await undo(id, {})).status).toBe(422);
  });
});
