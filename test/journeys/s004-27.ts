import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import { ask, day, type Journey } from './journey.ts';
import { importHistory, openTicket } from './tickets.ts';

/** The list of what is open, with whose it is, how old it is and how long the customer has waited. */
export async function journey(my: Journey): Promise<void> {
  const [old] = await importHistory(my, [
    {
      id: my.tag,
      subject: `Two days ago ${my.tag}`,
      createdAt: `${day(-2)}T09:00:00Z`,
      channel: 'email',
      customer: `old-${my.tag}@customers.example`,
      events: [{ at: `${day(-2)}T09:00:00Z`, type: 'message', author: 'customer', body: 'Still waiting' }],
    },
  ]);
  const requester = { email: `${my.tag}@customers.example`, name: 'Nina Novak' };
  const fresh = await openTicket(my, { subject: `Just now ${my.tag}`, requester });
  await ask(my, 'POST', `/tickets/${fresh.id}/claim`);
  const asked = await openTicket(my, { subject: `Asked back ${my.tag}`, requester });
  await ask(my, 'POST', `/tickets/${asked.id}/messages`, { text: 'Which cup was it?', status: 'pending' });
  const done = await openTicket(my, { subject: `Done ${my.tag}`, requester });
  await ask(my, 'PATCH', `/tickets/${done.id}`, { status: 'solved' });

  await atDesk(my, async (page) => {
    await page.goto(`/inbox/open?tag=${my.tag}`);
    const list = page.getByRole('grid');
    const mine = list.getByRole('row').filter({ hasText: `Just now ${my.tag}` });
    await mine.waitFor();
    expect(await list.getByRole('row').count()).toBe(3);
    expect(await mine.innerText()).toMatch(/Nina Novak[\s\S]*API[\s\S]*ada[\s\S]*waits\s1\smin/);
    const waiting = await list
      .getByRole('row')
      .filter({ hasText: `Two days ago ${my.tag}` })
      .innerText();
    expect(waiting).toMatch(/Nobody[\s\S]*waits\s\d\sdays?/);
    // Nobody waits for this one: its age stands there instead; where somebody does, both are a touch away.
    const answered = list.getByRole('row').filter({ hasText: `Asked back ${my.tag}` });
    expect(await answered.innerText()).toMatch(/ada[\s\S]*1\smin\sold/);
    await mine.getByTitle(/^Waiting since .*; opened /).waitFor();
    await page.getByRole('button', { name: 'Order' }).click();
    await page.getByRole('menu').getByText('Longest wait first').click();
    await page.waitForURL(/sort=waiting/);
    await page.waitForFunction((id) => document.querySelector('[role=row]')?.id.endsWith(`-${id}`), old);
  });
}
