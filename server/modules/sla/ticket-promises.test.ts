// Longer than most: every way a promise starts, pauses and ends, told on one cast so that they can be compared.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import { changeTicket, openTicket, ticketCare, ticketReads } from '../tickets/index.ts';
import { changePolicy } from './change-policy.ts';
import { checkClocks } from './check-clocks.ts';
import { type CreatePolicy, createPolicyBody } from './contract.ts';
import { createPolicy } from './create-policy.ts';
import { deletePolicy } from './delete-policy.ts';
import { listPolicies } from './read-policies.ts';
import { readTicketPromises } from './read-promises.ts';
import { promisedReplyAt } from './testing/promised-reply-at.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const minute = 60;
const hour = 3600;
const start = new Date('2026-03-02T09:00:00Z');
const standard = [
  { target: 'first_reply', seconds: hour },
  { target: 'next_reply', seconds: 2 * hour },
  { target: 'resolution', seconds: 8 * hour },
] as const;

beforeEach(async () => {
  cast.desk.clock.set(start);
  await promise({ name: 'Everyone', targets: [...standard] });
});
afterEach(async () => {
  for (const { id } of await listPolicies(cast.desk.db)) {
    await cast.desk.run(system, (cx) => deletePolicy(cx, { policyId: id }));
  }
  await cast.desk.db.write(sql`delete from jobs`);
});

async function promise(input: Parameters<typeof createPolicyBody.parse>[0] & object): Promise<number> {
  const body: CreatePolicy = createPolicyBody.parse(input);
  return (await cast.desk.run(system, (cx) => createPolicy(cx, body))).policyId;
}

const pass = (seconds: number) => cast.desk.clock.advance(seconds);
const change = (ticketId: number, properties: object) =>
  cast.desk.run(cast.as(cast.ben), (cx) => changeTicket(cx, { ticketId, change: properties }));

/** What the log says of promises, short: `fulfilled first_reply 1`, with the given parts of its data. */
async function told(ticketId: number, ...parts: string[]): Promise<string[]> {
  const rows = await cast.desk.db.all<{ type: string; at: Date; data: Record<string, unknown> }>(
    sql`select type, at, data from events where ticket_id = ${ticketId} and type like 'sla.%' order by ticket_seq`,
  );
  return rows.map(({ type, at, data }) =>
    [
      type.slice('sla.'.length),
      data.target,
      data.cycle,
      ...parts.map((part) => (part === 'at' ? at.toISOString().slice(11, 19) : String(data[part]))),
    ].join(' '),
  );
}

const promises = (ticketId: number) =>
  readTicketPromises(cast.desk.db, ticketId, cast.desk.clock.fixed() as Date);
const states = async (ticketId: number) =>
  (await promises(ticketId)).clocks.map(({ target, cycle, state }) => `${target} ${cycle} ${state}`).sort();
const clock = (time: string) => new Date(`2026-03-02T${time}Z`);

describe('what a ticket promises', () => {
  it('a first reply and a resolution when it opens; the earlier is on the ticket', async () => {
    const id = await cast.open();
    expect(await told(id, 'targetSeconds')).toEqual([
      'target_applied resolution 1 28800',
      'target_applied first_reply 1 3600',
    ]);
    expect(await ticketReads.getTicketRow(cast.desk.db, id)).toMatchObject({
      warnAt: clock('09:48:00'),
      dueAt: clock('10:00:00'),
      dueTarget: 'first_reply',
      breached: false,
    });
    expect(await promisedReplyAt(cast.desk.db, id)).toEqual(clock('10:00:00'));
  });

  it('a public reply of a person keeps it; notes, bots and the desk itself do not', async () => {
    const id = await cast.open();
    pass(10 * minute);
    await cast.reply(id, { public: false });
    await cast.reply(id, { author: 'bot', authorId: null });
    await cast.reply(id, { author: 'system', authorId: null });
    expect((await told(id)).length).toBe(2);
    pass(50 * minute);
    const events = await cast.during(() => cast.reply(id));
    expect(events.map(({ type }) => type)).toEqual([
      'message.sent',
      'ticket.status_changed',
      'ticket.assigned',
      'ticket.claimed',
      'sla.warned',
      'sla.fulfilled',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ elapsedSeconds: 3600, targetSeconds: 3600, met: true });
    expect(await ticketReads.getTicketRow(cast.desk.db, id)).toMatchObject({ dueTarget: 'resolution' });
    expect(await promisedReplyAt(cast.desk.db, id)).toBeNull();
  });

  it('the next reply, from the oldest message without an answer', async () => {
    const id = await cast.open();
    await cast.reply(id);
    pass(hour);
    await cast.write(id);
    pass(hour);
    await cast.write(id);
    expect(await promisedReplyAt(cast.desk.db, id)).toEqual(clock('12:00:00'));
    await cast.reply(id);
    await cast.write(id);
    expect((await told(id, 'elapsedSeconds')).slice(2)).toEqual([
      'fulfilled first_reply 1 0',
      'target_applied next_reply 1 undefined',
      'fulfilled next_reply 1 3600',
      'target_applied next_reply 2 undefined',
    ]);
  });

  it('a resolution that pauses while the customer owes an answer, and goes on when reopened', async () => {
    const id = await cast.open();
    await cast.reply(id, { status: 'pending' });
    expect(await ticketReads.getTicketRow(cast.desk.db, id)).toMatchObject({ dueAt: null, dueTarget: null });
    pass(5 * hour);
    await cast.write(id);
    pass(hour);
    await cast.reply(id, { status: 'solved' });
    pass(hour);
    await cast.write(id);
    pass(hour);
    await change(id, { status: 'solved' });
    expect((await told(id, 'elapsedSeconds')).filter((line) => line.includes('resolution'))).toEqual([
      'target_applied resolution 1 undefined',
      'fulfilled resolution 1 3600',
      'target_applied resolution 2 undefined',
      'fulfilled resolution 2 7200',
    ]);
    expect(await told(id, 'cause')).toContain('cancelled next_reply 2 solved');
  });

  it('nothing while a ticket is out of sight, and the old promise when it is back', async () => {
    const id = await cast.open();
    await cast.desk.run(system, (cx) => ticketCare.deleteTicket(cx, { ticketId: id }));
    expect(await states(id)).toEqual(['first_reply 1 cancelled', 'resolution 1 cancelled']);
    expect((await ticketReads.getTicketRow(cast.desk.db, id)).dueAt).toBeNull();
    pass(10 * minute);
    await cast.desk.settle();
    await cast.desk.run(system, (cx) => ticketCare.restoreTicket(cx, { ticketId: id }));
    expect((await ticketReads.getTicketRow(cast.desk.db, id)).dueAt).toEqual(clock('10:00:00'));
    expect(await states(id)).toEqual(['first_reply 1 running', 'resolution 1 running']);
  });

  it('nothing on the ticket that was merged away; the other keeps its own', async () => {
    const from = await cast.open();
    const into = await cast.open();
    await cast.desk.run(cast.as(cast.ben), (cx) => ticketCare.mergeTickets(cx, { from, into }));
    expect((await told(from, 'cause')).slice(2)).toEqual([
      'cancelled first_reply 1 hidden',
      'cancelled resolution 1 hidden',
    ]);
    expect(await states(into)).toEqual(['first_reply 1 running', 'resolution 1 running']);
  });

  it('the reply that a merged ticket owed, on the one it went into, since the customer wrote', async () => {
    const into = await cast.open();
    await cast.reply(into);
    const from = await cast.open();
    pass(30 * minute);
    await cast.reply(into);
    const events = await cast.during(() =>
      cast.desk.run(cast.as(cast.ben), (cx) => ticketCare.mergeTickets(cx, { from, into })),
    );
    expect(events.filter(({ ticketId }) => ticketId === into).map(({ type }) => type)).toEqual([
      'ticket.absorbed',
      'sla.target_applied',
    ]);
    expect(await promisedReplyAt(cast.desk.db, into)).toEqual(clock('11:00:00'));
    expect(await ticketReads.getTicketRow(cast.desk.db, into)).toMatchObject({ waitingSince: start });
    pass(30 * minute);
    await cast.reply(into);
    expect(await told(into, 'elapsedSeconds')).toContain('fulfilled next_reply 1 3600');
  });

  it('an unmerge gives back the promises of both, as they would be without the merge', async () => {
    const into = await cast.open();
    await cast.reply(into);
    const from = await cast.open();
    pass(30 * minute);
    await cast.desk.run(cast.as(cast.ben), (cx) => ticketCare.mergeTickets(cx, { from, into }));
    const dueOf = async (id: number) => (await ticketReads.getTicketRow(cast.desk.db, id)).dueAt;
    expect(await dueOf(into)).toEqual(clock('11:00:00'));
    const events = await cast.during(() =>
      cast.desk.run(cast.as(cast.ben), (cx) => ticketCare.unmergeTicket(cx, { ticketId: from })),
    );
    expect(events.filter(({ ticketId }) => ticketId === into).map(({ type }) => type)).toEqual([
      'ticket.released',
      'sla.cancelled',
    ]);
    expect(await told(into, 'cause')).toContain('cancelled next_reply 1 unmerged');
    expect(await promisedReplyAt(cast.desk.db, into)).toBeNull();
    expect([await dueOf(into), await dueOf(from)]).toEqual([clock('17:00:00'), clock('10:00:00')]);
    await cast.write(into);
    expect(await promisedReplyAt(cast.desk.db, into)).toEqual(clock('11:30:00'));
    pass(3 * hour);
    await cast.desk.settle();
    expect((await told(into, 'at')).filter((line) => line.startsWith('breached'))).toEqual([
      'breached next_reply 2 11:30:00',
    ]);
  });

  it('a wait that a merge made older is the ticket’s own again after it', async () => {
    const from = await cast.open();
    const into = await cast.open();
    await cast.reply(into);
    pass(hour);
    await cast.write(into);
    pass(30 * minute);
    await cast.desk.run(cast.as(cast.ben), (cx) => ticketCare.mergeTickets(cx, { from, into }));
    expect(await promisedReplyAt(cast.desk.db, into)).toEqual(clock('11:00:00'));
    pass(hour);
    await cast.desk.settle();
    expect((await ticketReads.getTicketRow(cast.desk.db, into)).breached).toBe(true);
    await cast.desk.run(cast.as(cast.ben), (cx) => ticketCare.unmergeTicket(cx, { ticketId: from }));
    expect(await ticketReads.getTicketRow(cast.desk.db, into)).toMatchObject({
      breached: false,
      warnAt: clock('11:36:00'),
      dueAt: clock('12:00:00'),
    });
    expect(await told(into)).toContain('breach_retracted next_reply 1');
    pass(hour);
    await cast.desk.settle();
    expect((await told(into, 'at')).at(-1)).toBe('breached next_reply 1 12:00:00');
  });

  it('what a merge brings is broken no earlier than the merge', async () => {
    const [from, into] = [await cast.open(), await cast.open()];
    await cast.reply(into);
    pass(3 * hour);
    await cast.desk.run(cast.as(cast.ben), (cx) => ticketCare.mergeTickets(cx, { from, into }));
    await cast.desk.settle();
    expect(await told(into, 'at')).toContain('breached next_reply 1 12:00:00');
  });

  it('nothing on practice, and on a ticket of our own making only once the customer writes', async () => {
    const practice = await cast.open({ training: true });
    expect(await told(practice)).toEqual([]);
    const { ticketId } = await cast.desk.run(cast.as(cast.ben), (cx) =>
      openTicket(cx, {
        subject: 'Your order',
        requesterId: cast.mia,
        channel: 'email',
        message: { author: 'agent', authorId: cast.ben, text: 'It is late.' },
      }),
    );
    expect(await told(ticketId)).toEqual([]);
    pass(minute);
    await cast.write(ticketId);
    expect(await promisedReplyAt(cast.desk.db, ticketId)).toEqual(clock('10:01:00'));
  });
});

describe('which policy', () => {
  it('the first that matches in order, the reason kept; a change of the ticket makes a new promise', async () => {
    for (const { id } of await listPolicies(cast.desk.db)) {
      await cast.desk.run(system, (cx) => deletePolicy(cx, { policyId: id }));
    }
    const vip = await promise({
      name: 'VIP',
      filter: { all: [{ field: 'ticket_tag', values: ['vip'] }] },
      targets: [{ target: 'first_reply', seconds: 5 * minute }],
    });
    const rest = await promise({
      name: 'Rest',
      targets: [
        { target: 'first_reply', seconds: 4 * hour },
        { target: 'first_reply', priority: 'urgent', seconds: hour },
      ],
    });
    const id = await cast.open();
    expect(await promises(id)).toMatchObject({
      policy: { id: rest, name: 'Rest' },
      reason: { everyone: true },
    });
    await change(id, { priority: 'urgent' });
    await change(id, { addTags: ['vip'] });
    expect(await told(id, 'policyId', 'targetSeconds')).toEqual([
      `target_applied first_reply 1 ${rest} 14400`,
      `target_applied first_reply 1 ${rest} 3600`,
      `target_applied first_reply 1 ${vip} 300`,
    ]);
    expect(await promises(id)).toMatchObject({
      policy: { id: vip, version: 1, name: 'VIP' },
      reason: {
        everyone: false,
        all: [{ field: 'ticket_tag', op: 'any_of', values: ['vip'], actual: ['vip'] }],
      },
    });
    expect(await promisedReplyAt(cast.desk.db, id)).toEqual(clock('09:05:00'));
  });

  it("asks the customer's tags, and lets a ticket without priority go without a target", async () => {
    const [everyone] = await listPolicies(cast.desk.db);
    await cast.desk.run(system, (cx) => deletePolicy(cx, { policyId: everyone?.id as number }));
    await promise({
      name: 'Gold',
      filter: { any: [{ field: 'customer_tag', values: ['gold'] }] },
      targets: [{ target: 'first_reply', priority: 'high', seconds: hour }],
    });
    const other = await cast.open();
    await cast.desk.db.write(sql`update customers set tags = '{gold}' where id = ${cast.noah}`);
    const gold = await cast.open({ requesterId: cast.noah });
    expect((await promises(other)).policy).toBeNull();
    expect(await promises(gold)).toMatchObject({ policy: { name: 'Gold' }, clocks: [] });
    await change(gold, { priority: 'high' });
    expect(await told(gold)).toEqual(['target_applied first_reply 1']);
  });

  it('rebuilt from the log is what was kept live', async () => {
    const id = await cast.open();
    pass(hour);
    await cast.reply(id, { status: 'pending' });
    pass(hour);
    await cast.write(id);
    pass(hour);
    await cast.reply(id, { status: 'solved' });
    pass(hour);
    await cast.write(id);
    const kept = () =>
      cast.desk.db.all(sql`select target, cycle, started_at, runs, fulfilled_at, cancelled_at from sla_clocks
        where ticket_id = ${id} order by target, cycle`);
    await change(id, { addTags: ['seen'] });
    const live = await kept();
    await cast.desk.db.write(sql`delete from sla_clocks where ticket_id = ${id}`);
    await cast.desk.db.write(sql`delete from ticket_slas where ticket_id = ${id}`);
    await change(id, { removeTags: ['seen'] });
    expect(await kept()).toEqual(live);
    expect(live).toHaveLength(5);
  });

  it('made after the ticket: counted from its start, as its log tells', async () => {
    for (const { id } of await listPolicies(cast.desk.db)) {
      await cast.desk.run(system, (cx) => deletePolicy(cx, { policyId: id }));
    }
    const id = await cast.open();
    await cast.reply(id, { status: 'pending' });
    pass(hour);
    await cast.write(id);
    expect(await told(id)).toEqual([]);
    await promise({ name: 'Late', targets: [...standard] });
    pass(hour);
    await change(id, { priority: 'low' });
    expect((await told(id, 'dueAt')).sort()).toEqual([
      'target_applied next_reply 1 2026-03-02T12:00:00.000Z',
      'target_applied resolution 1 2026-03-02T18:00:00.000Z',
    ]);
  });
});

describe('a warning and a breach', () => {
  const expected = [
    'warned first_reply 1 09:48:00 2026-03-02T10:00:00.000Z',
    'breached first_reply 1 10:00:00 2026-03-02T10:00:00.000Z',
  ];

  it('come on their second, and not before', async () => {
    const id = await cast.open();
    pass(48 * minute - 1);
    await cast.desk.settle();
    expect((await told(id)).length).toBe(2);
    pass(1);
    await cast.desk.settle();
    expect((await told(id, 'at', 'dueAt')).slice(2)).toEqual(expected.slice(0, 1));
    expect(await states(id)).toEqual(['first_reply 1 due_soon', 'resolution 1 running']);
    pass(12 * minute);
    await cast.desk.settle();
    expect((await told(id)).length).toBe(3);
    pass(1);
    await cast.desk.settle();
    expect((await told(id, 'at', 'dueAt')).slice(2)).toEqual(expected);
    expect(await ticketReads.getTicketRow(cast.desk.db, id)).toMatchObject({
      breached: true,
      dueAt: clock('10:00:00'),
    });
    await cast.reply(id);
    expect((await told(id, 'met')).at(-1)).toBe('fulfilled first_reply 1 false');
    expect(await ticketReads.getTicketRow(cast.desk.db, id)).toMatchObject({
      breached: false,
      dueTarget: 'resolution',
    });
  });

  describe('by the check that is set already, when the next is later', () => {
    const checks = (ticketId: number) =>
      cast.desk.db.all(
        sql`select key from jobs where kind = 'sla.check' and key like ${`sla.check:${ticketId}:%`}`,
      );

    it('which finds nothing due, and sets the next', async () => {
      const id = await cast.open();
      pass(10 * minute);
      await cast.reply(id);
      expect(await checks(id)).toHaveLength(1);
      pass(38 * minute);
      await cast.desk.settle();
      expect(await told(id)).not.toContain('warned resolution 1');
      pass(8 * hour);
      await cast.desk.settle();
      expect((await told(id, 'at')).slice(3)).toEqual([
        'warned resolution 1 15:24:00',
        'breached resolution 1 17:00:00',
      ]);
    });

    it('unless its time has come: then it may lie among the dead', async () => {
      const id = await cast.open();
      await cast.desk.db.write(sql`update jobs set state = 'dead' where key like ${`sla.check:${id}:%`}`);
      pass(50 * minute);
      await cast.reply(id);
      pass(8 * hour);
      await cast.desk.settle();
      expect(await told(id)).toContain('breached resolution 1');
    });
  });

  it('are dated at their own instants by a worker that comes a day late, or after the clock went back', async () => {
    const id = await cast.open();
    pass(86_400);
    await cast.desk.settle();
    pass(-3600);
    await cast.desk.settle();
    pass(2 * 86_400);
    await cast.desk.settle();
    expect((await told(id, 'at', 'dueAt')).filter((line) => line.includes('first_reply')).slice(1)).toEqual(
      expected,
    );
  });

  it('wait for their time again when the clock went back before it', async () => {
    const id = await cast.open();
    pass(48 * minute);
    cast.desk.clock.set(new Date(start.getTime() - hour * 1000));
    const at = clock('09:48:00').getTime();
    const { id: jobId } = await cast.desk.db.one<{ id: number }>(
      sql`select id from jobs where kind = 'sla.check'`,
    );
    await cast.desk.run(system, (cx) => checkClocks(cx, { ticketId: id, at, jobId }));
    expect((await told(id)).length).toBe(2);
    cast.desk.clock.set(clock('10:00:01'));
    await cast.desk.settle();
    expect((await told(id, 'at', 'dueAt')).slice(2)).toEqual(expected);
  });

  it('come once, whoever checks and however often', async () => {
    const id = await cast.open();
    await cast.desk.db.write(sql`insert into jobs (kind, key, payload, run_at)
      select kind, key || ':copy', payload, run_at from jobs where kind = 'sla.check'`);
    pass(2 * hour);
    const workers = [cast.desk.startWork(), cast.desk.startWork()];
    await expect.poll(async () => (await told(id)).length).toBe(4);
    await Promise.all(workers.map((stop) => stop()));
    const check = () => cast.desk.run(system, (cx) => checkClocks(cx, { ticketId: id, at: 0, jobId: 0 }));
    await Promise.all([check(), check(), check(), check()]);
    await cast.desk.settle();
    await check();
    expect((await told(id, 'at', 'dueAt')).slice(2)).toEqual(expected);
  });

  it('are not taken back by a softer promise that comes later', async () => {
    await promise({ name: 'Soft', targets: [{ target: 'first_reply', seconds: 8 * hour }] });
    const id = await cast.open();
    pass(2 * hour);
    await cast.desk.settle();
    await change(id, { priority: 'low' });
    expect((await told(id)).filter((line) => line.startsWith('target_applied first_reply'))).toHaveLength(1);
    expect(await states(id)).toContain('first_reply 1 breached');
  });

  it('are dated no earlier than the promise that came too late to be kept', async () => {
    const id = await cast.open();
    pass(30 * minute);
    const [everyone] = await listPolicies(cast.desk.db);
    const strict = [
      { target: 'first_reply' as const, priority: null, seconds: 60, clock: 'calendar' as const },
    ];
    await cast.desk.run(system, (cx) =>
      changePolicy(cx, { policyId: everyone?.id as number, change: { targets: strict } }),
    );
    await change(id, { priority: 'urgent' });
    await cast.desk.settle();
    expect((await told(id, 'at')).slice(2)).toEqual([
      'target_applied first_reply 1 09:30:00',
      'target_applied resolution 1 09:30:00',
      'warned first_reply 1 09:30:00',
      'breached first_reply 1 09:30:00',
    ]);
  });

  it('are told by the late answer itself when no worker came in between', async () => {
    const id = await cast.open();
    pass(2 * hour);
    await cast.reply(id);
    expect((await told(id, 'at')).slice(2)).toEqual([
      ...expected.map((line) => line.split(' ').slice(0, 4).join(' ')),
      'fulfilled first_reply 1 11:00:00',
    ]);
    await cast.desk.settle();
    expect((await told(id)).length).toBe(5);
  });
});
