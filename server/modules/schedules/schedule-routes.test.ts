import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPeopledDesk, type PeopledDesk } from '../../../test/cast/people.ts';
import { sql } from '../../platform/db/database.ts';
import { businessSecondsOver, getScheduleHistory } from './index.ts';

let desk: PeopledDesk;
beforeAll(async () => {
  desk = await openPeopledDesk();
});
afterAll(() => desk.close());

const nineToFive = { tz: 'Europe/Minsk', hours: { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']] } };
const full = { shifts: {}, breaks: {}, holidays: [] };

it('is made and changed by managers, with a row for what was valid when', async () => {
  const { agent, lead, manager, customer } = desk.people;
  const body = { name: 'Minsk', definition: nineToFive };
  expect((await desk.ask(null, 'POST', '/schedules', body)).statusCode).toBe(401);
  expect((await desk.ask(customer, 'GET', '/schedules')).statusCode).toBe(403);
  expect((await desk.ask(lead, 'POST', '/schedules', body)).statusCode).toBe(403);
  const made = await desk.ask(manager, 'POST', '/schedules', body);
  expect(made.statusCode).toBe(201);
  const { id } = made.json();
  expect((await desk.ask(manager, 'POST', '/schedules', { ...body, name: 'MINSK' })).statusCode).toBe(422);
  expect(made.json()).toMatchObject({
    version: 1,
    definition: { ...nineToFive, ...full },
    validFrom: '2026-03-02T09:00:00.000Z',
  });

  const before = await getScheduleHistory(desk.db, id);
  expect(await getScheduleHistory(desk.db, id)).toBe(before);
  desk.clock.advance(3600);
  const later = { ...nineToFive, hours: { ...nineToFive.hours, mon: [['09:00', '14:00']] } };
  const patch = (change: object) => desk.ask(manager, 'PATCH', `/schedules/${id}`, change);
  expect((await patch({ definition: { ...full, ...nineToFive }, version: 1 })).json().version).toBe(1);
  expect((await patch({ definition: later, version: 1 })).json().version).toBe(2);
  expect((await patch({ name: 'Late', version: 1 })).json().error.details.current.version).toBe(2);
  expect((await patch({ name: 'Minsk office' })).json().name).toBe('Minsk office');

  const after = await getScheduleHistory(desk.db, id);
  expect(after).toHaveLength(2);
  const [from, to] = [new Date('2026-03-02T06:00:00Z'), new Date('2026-03-02T16:00:00Z')];
  expect(businessSecondsOver(before, from, to)).toBe(8 * 3600);
  expect(businessSecondsOver(after, from, to)).toBe(5 * 3600);
  const history = (await desk.ask(agent, 'GET', `/schedules/${id}/history`)).json();
  expect(history.items.map((item: { validFrom: string }) => item.validFrom)).toEqual([
    '2026-03-02T09:00:00.000Z',
    '2026-03-02T10:00:00.000Z',
  ]);
  expect((await desk.ask(agent, 'GET', '/schedules')).json()).toMatchObject({
    items: [{ id }],
    nextCursor: null,
  });

  expect((await desk.ask(manager, 'DELETE', `/schedules/${id}`)).statusCode).toBe(204);
  expect((await desk.ask(manager, 'DELETE', `/schedules/${id}`)).statusCode).toBe(404);
  expect((await desk.ask(agent, 'GET', `/schedules/${id}`)).statusCode).toBe(404);
  expect(await getScheduleHistory(desk.db, id)).toHaveLength(2);
  expect(await desk.newEvents()).toEqual([
    'schedule.created',
    'schedule.changed',
    'schedule.renamed',
    'schedule.deleted',
  ]);
  const { data } = await desk.db.one<{ data: unknown }>(
    sql`select data from events where type = 'schedule.changed'`,
  );
  expect(data).toEqual({ scheduleId: id, definition: { ...later, ...full } });
});

it('refuses hours that are none', async () => {
  const { manager } = desk.people;
  const make = (definition: object) => desk.ask(manager, 'POST', '/schedules', { name: 'Odd', definition });
  expect((await make({ tz: 'Mars', hours: {} })).json().error.fields).toHaveProperty(['definition.tz']);
  expect((await make({ tz: 'UTC', hours: { mon: [['09:00', '09:00']] } })).statusCode).toBe(422);
  expect((await make({ tz: 'UTC', hours: {}, valid_from: 'now' })).statusCode).toBe(422);
  await expect(getScheduleHistory(desk.db, 999)).rejects.toMatchObject({ status: 404 });
});

it('answers a question about hours given with it', async () => {
  const { agent } = desk.people;
  const question = {
    ...nineToFive,
    op: 'within',
    input: { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' },
  };
  expect((await desk.ask(null, 'POST', '/business-time', question)).statusCode).toBe(401);
  const answer = await desk.ask(agent, 'POST', '/business-time', question);
  expect([answer.statusCode, answer.json()]).toEqual([200, { result: 8 * 3600 }]);
  expect((await desk.ask(agent, 'POST', '/business-time', { ...question, op: 'guess' })).statusCode).toBe(
    422,
  );
  expect((await desk.ask(agent, 'POST', '/business-time', { ...question, more: 1 })).statusCode).toBe(422);
});
