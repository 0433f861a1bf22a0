import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import { changeTicket, receiveMessage, sendMessage, ticketReads } from '../tickets/index.ts';
import { createPolicyBody } from './contract.ts';
import { createPolicy } from './create-policy.ts';

let cast: Cast;
let office: number;
const friday = new Date('2026-03-06T16:30:00Z');

beforeAll(async () => {
  cast = await openCast();
  cast.desk.clock.set(new Date('2026-01-01T00:00:00Z'));
  const open = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]),
  );
  const made = await cast.call(cast.ada, 'POST', '/schedules', {
    name: 'Office',
    definition: { tz: 'UTC', hours: open, holidays: [] },
  });
  office = made.body.id;
  const on = (channel: string) => ({ all: [{ field: 'channel', values: [channel] }] });
  await promise('Mail', on('email'), [{ target: 'claim', seconds: 3600, clock: 'business' }]);
  await promise('Chat', on('chat'), [{ target: 'claim', seconds: 60 }]);
  await promise('Forms', on('form'), [
    { target: 'first_reply', seconds: 7200 },
    { target: 'claim', priority: 'urgent', seconds: 1800 },
  ]);
});
afterAll(() => cast.desk.close());
beforeEach(() => cast.desk.clock.set(friday));

async function promise(name: string, filter: object, targets: object[]): Promise<void> {
  const policy = createPolicyBody.parse({ name, filter, targets });
  await cast.desk.run(system, (cx) => createPolicy(cx, policy));
}

const settleAt = async (instant: string) => {
  cast.desk.clock.set(new Date(instant));
  await cast.desk.settle();
  await cast.desk.settle();
};
const claim = async (ticketId: number) =>
  expect((await cast.call(cast.ben, 'POST', `/tickets/${ticketId}/claim`)).status).toBe(200);
const change = (ticketId: number, properties: object, by = cast.ben) =>
  cast.desk.run(cast.as(by), (cx) => changeTicket(cx, { ticketId, change: properties }));
const write = (ticketId: number, isPublic: boolean) =>
  cast.desk.run(cast.as(cast.ben), (cx) =>
    sendMessage(cx, {
      ticketId,
      author: 'agent',
      authorId: cast.ben,
      public: isPublic,
      message: { text: 'On it.' },
    }),
  );
const row = (id: number) => ticketReads.getTicketRow(cast.desk.db, id);

/** What the log says of the ticket's claim: the event, when, and where it says so whether it was in time. */
async function told(ticketId: number): Promise<string[]> {
  const rows = await cast.desk.db.all<{ type: string; at: Date; met: boolean | null }>(sql`
    select type, at, (data->>'met')::boolean as met from events
    where ticket_id = ${ticketId} and type like 'sla.%' and data->>'target' = 'claim' order by ticket_seq`);
  return rows.map(({ type, at, met }) =>
    [type, at.toISOString().slice(5, 19), ...(met === null ? [] : [met])].join(' '),
  );
}

const clocksOf = (ticketId: number) =>
  cast.desk.db.all<{ target: string; at: Date }>(
    sql`select target, started_at as at from sla_clocks where ticket_id = ${ticketId} order by target`,
  );

describe('a mail within sixty business minutes', () => {
  it('is due after the weekend, told at 80 % and at 100 %, once each', async () => {
    const id = await cast.open({ scheduleId: office });
    expect(await row(id)).toMatchObject({ dueTarget: 'claim', dueAt: new Date('2026-03-09T09:30:00Z') });
    await settleAt('2026-03-09T09:17:59Z');
    expect(await told(id)).toEqual(['sla.target_applied 03-06T16:30:00']);
    await settleAt('2026-03-09T09:18:00Z');
    expect((await told(id)).slice(1)).toEqual(['sla.warned 03-09T09:18:00']);
    await settleAt('2026-03-09T09:30:00Z');
    expect(await told(id)).toHaveLength(2);
    await settleAt('2026-03-09T09:30:01Z');
    await settleAt('2026-03-09T12:00:00Z');
    expect((await told(id)).slice(1)).toEqual(['sla.warned 03-09T09:18:00', 'sla.breached 03-09T09:30:00']);
    expect(await row(id)).toMatchObject({ breached: true, dueTarget: 'claim' });
    await claim(id);
    expect((await told(id)).at(-1)).toBe('sla.fulfilled 03-09T12:00:00 false');
    expect(await row(id)).toMatchObject({ breached: false, dueAt: null, dueTarget: null });
  });

  it('is kept on the very second', async () => {
    const id = await cast.open({ scheduleId: office });
    cast.desk.clock.set(new Date('2026-03-09T09:30:00Z'));
    await claim(id);
    expect((await told(id)).at(-1)).toBe('sla.fulfilled 03-09T09:30:00 true');
  });
});

describe('a chat within sixty seconds', () => {
  it('counts every second, closed or not', async () => {
    const id = await cast.open({ channel: 'chat', scheduleId: office });
    await settleAt('2026-03-06T16:30:48Z');
    await settleAt('2026-03-06T16:31:00Z');
    expect((await told(id)).slice(1)).toEqual(['sla.warned 03-06T16:30:48']);
    await settleAt('2026-03-06T16:31:01Z');
    expect((await told(id)).slice(2)).toEqual(['sla.breached 03-06T16:31:00']);
  });

  it('is taken by whoever answers first, and by nobody whom it is only given to', async () => {
    const answered = await cast.open({ channel: 'chat' });
    await write(answered, true);
    expect((await told(answered)).at(-1)).toBe('sla.fulfilled 03-06T16:30:00 true');
    const given = await cast.open({ channel: 'chat' });
    await change(given, { assigneeId: cast.ben }, cast.ada);
    expect(await row(given)).toMatchObject({ assigneeId: cast.ben, dueTarget: 'claim' });
    await write(given, false);
    expect((await told(given)).at(-1)).toBe('sla.fulfilled 03-06T16:30:00 true');
    expect((await told(await cast.open({ channel: 'chat', assigneeId: cast.ben }))).length).toBe(0);
  });

  it('is shown with its promises', async () => {
    const id = await cast.open({ channel: 'chat' });
    cast.desk.clock.set(new Date('2026-03-06T16:30:48Z'));
    const { body } = await cast.call(cast.ben, 'GET', `/tickets/${id}/sla`);
    expect(body.clocks).toMatchObject([{ target: 'claim', state: 'due_soon', remainingSeconds: 12 }]);
    const solved = await cast.during(() => change(id, { status: 'solved' }));
    expect(solved.find(({ type }) => type === 'sla.cancelled')?.data).toMatchObject({ cause: 'solved' });
  });
});

describe('where no claim is promised', () => {
  it('none is kept, and a claim writes nothing of promises', async () => {
    const id = await cast.open({ channel: 'form' });
    expect((await clocksOf(id)).map(({ target }) => target)).toEqual(['first_reply', 'resolution']);
    const [kept] = await cast.desk.db.all(sql`select xmin::text from ticket_slas where ticket_id = ${id}`);
    const events = await cast.during(() => claim(id));
    expect(events.map(({ type }) => type)).toEqual(['ticket.assigned', 'ticket.claimed']);
    expect(await cast.desk.db.all(sql`select xmin::text from ticket_slas where ticket_id = ${id}`)).toEqual([
      kept,
    ]);
  });

  it('one that is promised later has been owed since the ticket was opened', async () => {
    const id = await cast.open({ channel: 'form' });
    cast.desk.clock.advance(600);
    await change(id, { priority: 'urgent' });
    expect(await row(id)).toMatchObject({ dueTarget: 'claim', dueAt: new Date('2026-03-06T17:00:00Z') });
    expect((await clocksOf(id))[0]).toEqual({ target: 'claim', at: friday });
    await change(id, { priority: 'low' });
    expect(await row(id)).toMatchObject({ dueTarget: 'first_reply' });
    await change(id, { priority: 'urgent' });
    await claim(id);
    expect(await told(id)).toEqual([
      ...Array(3).fill('sla.target_applied 03-06T16:40:00'),
      'sla.fulfilled 03-06T16:40:00 true',
    ]);
  });

  it('and to nobody once somebody has it', async () => {
    const id = await cast.open({ channel: 'form' });
    await claim(id);
    await change(id, { priority: 'urgent' });
    expect(await told(id)).toEqual([]);
    expect((await clocksOf(id)).map(({ target }) => target)).toEqual(['first_reply', 'resolution']);
  });
});

describe('out of sight', () => {
  it('who takes it there owes nothing when it is back', async () => {
    const id = await cast.open({ channel: 'chat' });
    const spam = (isSpam: boolean) => cast.call(cast.ben, isSpam ? 'PUT' : 'DELETE', `/tickets/${id}/spam`);
    await spam(true);
    await claim(id);
    cast.desk.clock.advance(300);
    await spam(false);
    await cast.desk.settle();
    expect((await told(id)).map((line) => line.split(' ')[0])).toEqual([
      'sla.target_applied',
      'sla.cancelled',
      'sla.fulfilled',
    ]);
    expect(await row(id)).toMatchObject({ dueAt: null, breached: false });
  });

  it('who takes it solved neither', async () => {
    const id = await cast.open({ channel: 'chat' });
    await change(id, { status: 'solved' });
    await claim(id);
    await cast.desk.run(cast.as(cast.mia), (cx) =>
      receiveMessage(cx, {
        ticketId: id,
        customerId: cast.mia,
        channel: 'chat',
        message: { text: 'Still burning' },
      }),
    );
    expect((await told(id)).map((line) => line.split(' ')[0])).toEqual([
      'sla.target_applied',
      'sla.cancelled',
    ]);
    expect(await row(id)).toMatchObject({ status: 'open', dueAt: null });
  });
});
