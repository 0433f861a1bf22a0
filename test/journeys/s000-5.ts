import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import { openDashboard, tileSays } from './dashboard-window.ts';
import { ask, day, type Journey, query, until } from './journey.ts';
import { changeTicket, type Figure, importHistory, openTicket } from './tickets.ts';

type Dashboard = { tiles: Record<string, Figure> };

/** Received and solved of the same days stand side by side, and a solve moves them at once. */
export async function journey(my: Journey): Promise<void> {
  const requester = { email: `${my.tag}@customers.example` };
  const first = await openTicket(my, { subject: 'One', requester });
  await openTicket(my, { subject: 'Two', requester });
  await importHistory(my, [
    {
      id: `${my.tag}-old`,
      createdAt: `${day(-20)}T09:00:00Z`,
      channel: 'email',
      events: [{ at: `${day(-1)}T10:00:00Z`, type: 'status', to: 'solved', agent: 'Boris' }],
    },
  ]);
  const before = await dashboardUntil(my, 2, 1);
  expect(before.solved_to_created).toMatchObject({ value: 50, numerator: 1, denominator: 2 });

  await changeTicket(my, first.id, { status: 'solved' });
  const solvedAt = Date.now();
  const after = await dashboardUntil(my, 2, 2);
  expect(Date.now() - solvedAt).toBeLessThan(2000);
  expect(after.solved_to_created).toMatchObject({ value: 100, numerator: 2, denominator: 2 });
  // Net change: what came less what went, which the backlog's own identity repeats.
  const identity = after.backlog?.identity as Record<string, number>;
  expect((identity.created ?? 0) - (identity.solved ?? 0)).toBe(0);
  expect(after.backlog?.value).toBe((identity.start ?? 0) + 0);
  expect(after.tickets_solved?.period).toEqual(after.ticket_volume?.period);
  await watchOnScreen(my, requester);
}

/** The same on the open screen: received, solved, what is left of it, and the flow, moved by a press in the console. */
async function watchOnScreen(my: Journey, requester: object): Promise<void> {
  await atDesk(my, async (page) => {
    await openDashboard(page, my);
    await tileSays(page, 'Ticket volume', '2 tickets');
    await tileSays(page, 'Tickets solved', '2 tickets');
    await tileSays(page, 'Solved to created', '100.0%');
    await tileSays(page, 'Net change of the backlog', 'Came in', 'Went out', /^From 1 to 1/);
    const third = await openTicket(my, { subject: 'Three', requester: requester as { email: string } });
    await tileSays(page, 'Ticket volume', '3 tickets');
    await tileSays(page, 'Net change of the backlog', '+1');
    await changeTicket(my, third.id, { status: 'solved' });
    const solvedAt = Date.now();
    await tileSays(page, 'Tickets solved', '3 tickets');
    expect(Date.now() - solvedAt).toBeLessThan(2000);
    await tileSays(page, 'Solved to created', '100.0%');
    await tileSays(page, 'Net change of the backlog', /^From 1 to 1/);
  });
}

function dashboardUntil(my: Journey, received: number, solved: number): Promise<Dashboard['tiles']> {
  const days = query({ from: day(-3), to: day(3), tag: my.tag });
  return until(`${received} received and ${solved} solved`, async () => {
    const { tiles } = await ask<Dashboard>(my, 'GET', `/dashboard?${days}`);
    const right = tiles.ticket_volume?.value === received && tiles.tickets_solved?.value === solved;
    return right && tiles;
  });
}
