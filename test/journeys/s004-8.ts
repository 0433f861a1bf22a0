import { expect } from 'vitest';
import { inWindow, signIn } from './browser.ts';
import { ask, type Journey } from './journey.ts';
import { mailIn } from './mail.ts';
import { hireAgent } from './people.ts';
import { listTickets, openTicket } from './tickets.ts';

/** An agent's own work on every channel is one list, and nobody else's is in it. */
export async function journey(my: Journey): Promise<void> {
  const agent = await hireAgent(my, 'Olga');
  const as = { ...my, token: agent.token };
  const email = `${my.tag}@customers.example`;
  const byMail = await mailIn(my, { from: email, subject: `For the desk ${my.tag}` });
  const call = await openTicket(as, { subject: 'On the phone', requester: { email }, channel: 'phone' });
  const atDesk = await openTicket(as, { subject: 'At the counter', requester: { email }, channel: 'api' });
  const others = await openTicket(my, { subject: 'Not hers', requester: { email }, channel: 'chat' });
  for (const id of [byMail, call.id, atDesk.id]) await ask(as, 'POST', `/tickets/${id}/claim`);

  const mine = await listTickets(as, { view: 'mine' });
  expect(mine.map(({ id }) => id).sort()).toEqual([byMail, call.id, atDesk.id].sort());
  expect(mine.map(({ channel }) => channel).sort()).toEqual(['api', 'email', 'phone']);
  expect(mine.map(({ id }) => id)).not.toContain(others.id);
  expect(await ask<{ mine: number }>(as, 'GET', '/views')).toMatchObject({ mine: 3 });

  await inWindow(my, async (page) => {
    await signIn(page, agent);
    await page.waitForURL(/\/inbox\/mine$/);
    const rows = page.getByRole('grid', { name: /Mine/ }).getByRole('row');
    const subjects = [`For the desk ${my.tag}`, 'On the phone', 'At the counter'];
    for (const subject of subjects) await rows.filter({ hasText: subject }).waitFor();
    expect(await rows.count()).toBe(3);
  });

  await ask(as, 'POST', `/tickets/${call.id}/messages`, { text: 'Done.', status: 'solved' });
  expect(await ask<{ mine: number }>(as, 'GET', '/views')).toMatchObject({ mine: 2 });
}
