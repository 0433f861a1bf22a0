import { expect } from 'vitest';
import { ask, type Journey, tryAsk } from './journey.ts';
import { makePolicy, onlyTagged, secondOf, slaOf, slaUntil } from './promises.ts';
import { figureUntil, openTicket, reply } from './tickets.ts';

const week = 604_800;

/** Targets from a second to weeks, on either clock; a five-minute promise is kept, and measured. */
export async function journey(my: Journey): Promise<void> {
  const requester = { email: `${my.tag}@customers.example` };
  const policy = await makePolicy(my, {
    name: `Five minutes ${my.tag}`,
    filter: onlyTagged(my.tag),
    targets: [
      { target: 'first_reply', seconds: 300 },
      { target: 'next_reply', seconds: 1, priority: 'urgent' },
      { target: 'resolution', seconds: 3 * week, clock: 'business' },
    ],
  });
  expect(policy.targets).toHaveLength(3);
  const tooLong = { target: 'first_reply', seconds: 0 };
  const refused = await tryAsk(my, 'POST', '/sla-policies', { name: 'Never', targets: [tooLong] });
  expect(refused.status).toBe(422);

  const ticket = await openTicket(my, { subject: 'Five minutes, please', requester });
  const sla = await slaOf(my, ticket.id);
  const clocks = Object.fromEntries(sla.clocks.map((one) => [one.target, one]));
  expect(clocks.first_reply).toMatchObject({ targetSeconds: 300, clock: 'calendar', state: 'running' });
  expect(clocks.resolution).toMatchObject({ targetSeconds: 3 * week, clock: 'business' });
  expect(secondOf(clocks.first_reply?.dueAt ?? null) - secondOf(ticket.createdAt)).toBe(300);
  await reply(my, ticket.id, { text: 'Here.' });
  await slaUntil(my, ticket.id, 'a kept promise', ({ clocks: now }) =>
    now.some((one) => one.target === 'first_reply' && one.state === 'met'),
  );
  const kept = await figureUntil(my, 'sla', ({ n }) => n === 1);
  expect(kept).toMatchObject({ value: 100, numerator: 1 });

  // SL-06: exactly on the target is met, a second later it is not.
  const spent = (seconds: number) => ({
    start: '2026-03-02T09:00:00Z',
    end: new Date(Date.parse('2026-03-02T09:00:00Z') + seconds * 1000).toISOString(),
  });
  const figures = await ask<object>(my, 'POST', '/kpis/sla/calculate', {
    targetSeconds: 300,
    clock: 'calendar',
    items: [spent(299), spent(300), spent(1200)],
    asOf: '2026-03-03T00:00:00Z',
  });
  expect(figures).toMatchObject({ met: 2, breached: 1, running: 0, display: '66.7%' });
}
