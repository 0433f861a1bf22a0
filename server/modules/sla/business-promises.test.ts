import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import { changeTicket, sendMessage, ticketReads } from '../tickets/index.ts';
import { createPolicyBody } from './contract.ts';
import { createPolicy } from './create-policy.ts';

let cast: Cast;
let office: number;
let late: number;

const friday = new Date('2026-03-06T15:00:00Z');
const workdays = (interval: [string, string], holidays: string[] = []) => ({
  tz: 'UTC',
  hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [interval]])),
  holidays,
});

beforeAll(async () => {
  cast = await openCast();
  cast.desk.clock.set(new Date('2026-01-01T00:00:00Z'));
  office = await makeSchedule('Office', workdays(['09:00', '17:00']));
  late = await makeSchedule('Late', workdays(['12:00', '20:00']));
  const policy = createPolicyBody.parse({
    name: 'Business',
    targets: [{ target: 'first_reply', seconds: 4 * 3600, clock: 'business' }],
  });
  await cast.desk.run(system, (cx) => createPolicy(cx, policy));
});
afterAll(() => cast.desk.close());
beforeEach(() => cast.desk.clock.set(friday));

async function makeSchedule(name: string, definition: object): Promise<number> {
  const { status, body } = await cast.call(cast.ada, 'POST', '/schedules', { name, definition });
  expect(status).toBe(201);
  return body.id;
}

const dueAt = async (id: number) =>
  (await ticketReads.getTicketRow(cast.desk.db, id)).dueAt?.toISOString() ?? null;
const breachesOf = (id: number) =>
  cast.desk.db.all<{ at: Date }>(
    sql`select at from events where ticket_id = ${id} and type = 'sla.breached'`,
  );

it('four business hours from Friday 15:00 are due on Monday 11:00, and kept on that second', async () => {
  const id = await cast.open({ scheduleId: office });
  expect(await dueAt(id)).toBe('2026-03-09T11:00:00.000Z');
  cast.desk.clock.set(new Date('2026-03-09T11:00:00Z'));
  await cast.desk.settle();
  const events = await cast.during(() =>
    cast.desk.run(cast.as(cast.ben), (cx) =>
      sendMessage(cx, {
        ticketId: id,
        author: 'agent',
        authorId: cast.ben,
        public: true,
        message: { text: 'Done.' },
      }),
    ),
  );
  expect(events.find(({ type }) => type === 'sla.fulfilled')?.data).toMatchObject({
    elapsedSeconds: 14_400,
    targetSeconds: 14_400,
    met: true,
  });
});

it('a second later it is broken', async () => {
  const id = await cast.open({ scheduleId: office });
  cast.desk.clock.set(new Date('2026-03-09T11:00:01Z'));
  await cast.desk.settle();
  expect(await breachesOf(id)).toEqual([{ at: new Date('2026-03-09T11:00:00Z') }]);
});

it('without a schedule every second counts', async () => {
  const id = await cast.open();
  expect(await dueAt(id)).toBe('2026-03-06T19:00:00.000Z');
});

it('a ticket that changes its schedule keeps what it used by the one before', async () => {
  const id = await cast.open({ scheduleId: office });
  cast.desk.clock.set(new Date('2026-03-09T10:00:00Z'));
  await cast.desk.run(system, (cx) => changeTicket(cx, { ticketId: id, change: { scheduleId: late } }));
  expect(await dueAt(id)).toBe('2026-03-09T13:00:00.000Z');
});

it('a holiday moves the open promises of its schedule and nobody else’s', async () => {
  const changing = await makeSchedule('Changing', workdays(['09:00', '17:00']));
  const ids: number[] = [];
  // More than one batch.
  for (let each = 0; each < 53; each++) ids.push(await cast.open({ scheduleId: changing }));
  const other = await cast.open({ scheduleId: office });
  const definition = workdays(['09:00', '17:00'], ['2026-03-09']);
  const { status } = await cast.call(cast.ada, 'PATCH', `/schedules/${changing}`, { definition });
  expect(status).toBe(200);
  await cast.desk.settle();
  for (const id of ids) expect(await dueAt(id)).toBe('2026-03-10T11:00:00.000Z');
  expect(await dueAt(other)).toBe('2026-03-09T11:00:00.000Z');
  cast.desk.clock.set(new Date('2026-03-10T11:00:00Z'));
  await cast.desk.settle();
  expect(await breachesOf(ids[0] as number)).toEqual([]);
  cast.desk.clock.set(new Date('2026-03-10T11:00:01Z'));
  await cast.desk.settle();
  for (const id of ids) expect(await breachesOf(id)).toHaveLength(1);
});
