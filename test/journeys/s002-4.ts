import { expect } from 'vitest';
import type { Policy } from '../../server/modules/sla/contract.ts';
import { atDesk } from './browser.ts';
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

  await makeOnScreen(my);

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

/** An admin writes it down in the units they think in, on either clock, and is told at the field what is no time. */
async function makeOnScreen(my: Journey): Promise<void> {
  const name = `By hand ${my.tag}`;
  await atDesk(my, async (page) => {
    await page.goto('/settings/sla');
    await page.getByRole('button', { name: 'Add a policy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Add a target' }).click();
    const pick = async (label: string, at: number, choice: string) => {
      await dialog.getByRole('combobox', { name: label }).nth(at).click();
      await page.getByRole('option', { name: choice, exact: true }).click();
    };
    await pick('Unit', 0, 'seconds');
    await dialog.getByLabel('How many').nth(0).fill('0');
    await pick('Unit', 1, 'weeks');
    await dialog.getByLabel('How many').nth(1).fill('2');
    await pick('Clock', 0, 'day and night');
    await pick('Clock', 1, 'business hours');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Too small a number').waitFor();
    expect(await dialog.getByLabel('How many').nth(0).getAttribute('aria-invalid')).toBe('true');
    await dialog.getByLabel('How many').nth(0).fill('45');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
  });
  const { items } = await ask<{ items: Policy[] }>(my, 'GET', '/sla-policies');
  const made = items.find((policy) => policy.name === name);
  expect(made?.targets.map(({ seconds, clock }) => [seconds, clock])).toEqual([
    [45, 'calendar'],
    [2 * week, 'business'],
  ]);
  await ask(my, 'DELETE', `/sla-policies/${made?.id}`);
}
