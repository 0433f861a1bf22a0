import { expect } from 'vitest';
import type { Team } from '../../server/modules/staff/contract.ts';
import { makeInbox } from './inboxes.ts';
import { ask, type Journey } from './journey.ts';
import { mailIn, outgoingMail, rawOutgoing } from './mail.ts';
import { hireAgent } from './people.ts';
import { makePolicy, slaOf } from './promises.ts';
import { getTicket, listTickets, reply } from './tickets.ts';

const office = {
  tz: 'Europe/Minsk',
  hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((name) => [name, [['09:00', '18:00']]])),
};
const kinds = [
  { name: 'marketing', seconds: 7200 },
  { name: 'support', seconds: 900 },
  { name: 'partners', seconds: 28_800 },
];

/** Inboxes of three kinds, each with its address, members, hours, signature and promise. */
export async function journey(my: Journey): Promise<void> {
  for (const kind of kinds) await runInbox(my, kind);
}

async function runInbox(my: Journey, { name, seconds }: (typeof kinds)[number]): Promise<void> {
  const team = await ask<Team>(my, 'POST', '/teams', { name: `${name} ${my.tag}` });
  const schedule = await ask<{ id: number }>(my, 'POST', '/schedules', {
    name: `${name} ${my.tag}`,
    definition: office,
  });
  const signature = `The ${name} team of Lantern`;
  const inbox = await makeInbox(my, name, { teamId: team.id, scheduleId: schedule.id, signature });
  await makePolicy(my, {
    name: `${name} ${my.tag}`,
    filter: { all: [{ field: 'inbox', values: [inbox.id] }] },
    targets: [{ target: 'first_reply', seconds, clock: 'business' }],
  });
  const member = await hireAgent(my, name);
  await ask(my, 'PUT', `/teams/${team.id}/members/${member.id}`, {});

  const from = `${my.tag}@customers.example`;
  const subject = `For ${name} ${my.tag}`;
  const id = await mailIn(my, { from, to: inbox.addresses[0], subject });
  const ticket = await getTicket(my, id);
  expect(ticket).toMatchObject({ inboxId: inbox.id, teamId: team.id, scheduleId: schedule.id });
  const ofMember = await listTickets({ ...my, token: member.token }, { view: 'my_team' });
  expect(ofMember.map((one) => one.id)).toEqual([id]);
  const sla = await slaOf(my, id);
  expect(sla.policy?.name).toBe(`${name} ${my.tag}`);
  expect(sla.clocks[0]).toMatchObject({ target: 'first_reply', targetSeconds: seconds, clock: 'business' });

  await reply({ ...my, token: member.token }, id, { text: 'We look into it.' });
  const sent = await outgoingMail(my, id, 'reply');
  expect(sent).toMatchObject({ inboxId: inbox.id, to: [from] });
  expect(sent.from).toContain(inbox.addresses[0]);
  expect(await rawOutgoing(my, sent.id)).toContain(signature);
}
