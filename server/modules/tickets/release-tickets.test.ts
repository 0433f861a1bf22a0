import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { changeStaff, createStaff, deleteTeam, memberships } from '../staff/index.ts';
import { changeTicket } from './change-ticket.ts';
import { getTicketRow } from './queries.ts';
import { receiveMessage } from './receive-message.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const row = (id: number) => getTicketRow(cast.desk.db, id);
const solve = (ticketId: number) =>
  cast.desk.run(cast.as(cast.ada), (cx) => changeTicket(cx, { ticketId, change: { status: 'solved' } }));
const disable = (staffId: number, active = false) =>
  cast.desk.run(cast.as(cast.ada), (cx) => changeStaff(cx, staffId, { active }));

let hired = 0;
async function hire(...teamIds: number[]): Promise<number> {
  const name = `Agent ${++hired}`;
  return cast.desk.run(cast.as(cast.ada), async (cx) => {
    const { staffId } = await createStaff(cx, {
      name,
      email: `agent-${hired}@example.com`,
      role: 'agent',
      ticketScope: 'all',
    });
    for (const teamId of teamIds) await memberships.add(cx, { teamId, staffId });
    return staffId;
  });
}

/** The last event of a ticket: what it was, by whom, and what caused it. */
const lastEvent = (ticketId: number) =>
  cast.desk.db.one(sql`
    select e.type, e.data, e.actor_kind as by, c.type as "causedBy" from events e
    left join events c on c.id = e.caused_by where e.ticket_id = ${ticketId} order by e.ticket_seq desc limit 1`);

it('the open tickets of somebody who is disabled go back to nobody, in short transactions', async () => {
  const eve = await hire();
  const open: number[] = [];
  for (let n = 0; n < 205; n++) open.push(await cast.open({ assigneeId: eve }));
  const solved = await cast.open({ assigneeId: eve });
  await solve(solved);
  await disable(eve);
  await cast.desk.settle();
  for (const id of open) expect((await row(id)).assigneeId).toBeNull();
  expect(await lastEvent(open[204] as number)).toEqual({
    type: 'ticket.assigned',
    data: { from: eve, to: null, by: 'routing', cause: 'staff_disabled' },
    by: 'system',
    causedBy: 'staff.disabled',
  });
  const { most } = await cast.desk.db.one<{ most: number }>(sql`
    select max(n) as most from (select count(*) as n from events where type = 'ticket.assigned'
      and data->>'cause' is not null group by command_id) as released`);
  expect(most).toBe(100);
  expect((await row(solved)).assigneeId).toBe(eve);
});

it('a ticket that a customer reopens goes to nobody when whoever solved it is disabled', async () => {
  const eve = await hire();
  const id = await cast.open({ assigneeId: eve });
  await solve(id);
  await disable(eve);
  await cast.desk.settle();
  await cast.desk.run(cast.as(cast.mia), (cx) =>
    receiveMessage(cx, { ticketId: id, customerId: cast.mia, channel: 'email', message: { text: 'Again' } }),
  );
  expect(await row(id)).toMatchObject({ status: 'open', assigneeId: null });
  expect(await lastEvent(id)).toMatchObject({ type: 'ticket.assigned', data: { cause: 'staff_disabled' } });
});

it('who leaves a team leaves its tickets to it and keeps the others', async () => {
  const eve = await hire(cast.support, cast.billing);
  const theirs = await cast.open({ assigneeId: eve, teamId: cast.support });
  const others = await cast.open({ assigneeId: eve, teamId: cast.billing });
  await cast.desk.run(cast.as(cast.ada), (cx) =>
    memberships.remove(cx, { teamId: cast.support, staffId: eve }),
  );
  await cast.desk.settle();
  expect(await row(theirs)).toMatchObject({ assigneeId: null, teamId: cast.support });
  expect(await lastEvent(theirs)).toMatchObject({
    data: { cause: 'team_left' },
    causedBy: 'team.member_removed',
  });
  expect((await row(others)).assigneeId).toBe(eve);
});

it('who is back before the job runs keeps everything', async () => {
  const eve = await hire();
  const id = await cast.open({ assigneeId: eve });
  await disable(eve);
  await disable(eve, true);
  await cast.desk.settle();
  expect((await row(id)).assigneeId).toBe(eve);
});

it('the tickets of a team that is deleted belong to no team', async () => {
  const eve = await hire(cast.billing);
  const id = await cast.open({ assigneeId: eve, teamId: cast.billing });
  await cast.desk.run(cast.as(cast.ada), (cx) => deleteTeam(cx, cast.billing));
  await cast.desk.settle();
  expect(await row(id)).toMatchObject({ teamId: null, assigneeId: eve });
  expect(await lastEvent(id)).toMatchObject({
    type: 'ticket.team_changed',
    data: { from: cast.billing, to: null, cause: 'team_deleted' },
  });
});
