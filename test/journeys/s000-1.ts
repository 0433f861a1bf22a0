import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import { explain, openDashboard, tileSays } from './dashboard-window.ts';
import type { Journey } from './journey.ts';
import { ask, day, query } from './journey.ts';
import { mailIn } from './mail.ts';
import { figureUntil, importHistory, openTicket, tagTicket } from './tickets.ts';

/** Four real tickets, and one of each kind that is not a request. */
export async function journey(my: Journey): Promise<void> {
  const requester = { email: `${my.tag}@customers.example` };
  const byMail = await mailIn(my, { from: requester.email, subject: `Where is my order? ${my.tag}` });
  await tagTicket(my, byMail);
  for (const channel of ['phone', 'chat', 'social'] as const)
    await openTicket(my, { subject: `By ${channel}`, requester, channel });
  const spam = await openTicket(my, { subject: 'Cheap watches', requester });
  await ask(my, 'PUT', `/tickets/${spam.id}/spam`);
  const twin = await openTicket(my, { subject: 'Where is my order, again', requester });
  await ask(my, 'POST', `/tickets/${twin.id}/merge`, { into: byMail });
  const practice = { id: `${my.tag}-practice`, createdAt: `${day(-1)}T09:00:00Z`, training: true };
  await importHistory(my, [practice]);
  await openTicket(my, {
    subject: 'Your contract ends soon',
    requester,
    origin: 'proactive',
    message: { text: 'Shall we renew it?', author: 'agent' },
  });

  const volume = await figureUntil(my, 'ticket_volume', ({ value, exclusions }) => {
    const out = Object.values(exclusions).reduce((sum, count) => sum + count, 0);
    return value === 4 && out === 4;
  });
  expect(volume.exclusions).toMatchObject({ spam: 1, merged: 1, training: 1, proactive: 1 });
  expect(volume).toMatchObject({ unit: 'tickets', n: 4, numerator: 4, definitionId: 'ticket_volume' });

  const rows = await ask<{ count: number; items: { ticketId: number }[] }>(
    my,
    'GET',
    `/kpis/ticket_volume/items?${query({ from: day(-3), to: day(3), tag: my.tag })}`,
  );
  expect(rows.count).toBe(4);
  expect(rows.items.map(({ ticketId }) => ticketId)).toContain(byMail);

  await atDesk(my, async (page) => {
    await openDashboard(page, my);
    await tileSays(page, 'Ticket volume', '4 tickets');
    const drawer = await explain(page, 'Ticket volume');
    await drawer.getByText('4 rows, sum 4: exactly the figure above.').waitFor();
    const left = ['spam', 'merged into another', 'training', 'begun by the desk, not answered'];
    for (const why of left) expect(await drawer.innerText()).toMatch(new RegExp(`${why}\\s+1\\s`));
  });
}
