import { expect } from 'vitest';
import type { Customer } from '../../server/modules/customers/contract.ts';
import { atDesk } from './browser.ts';
import { openConversation } from './inbox-window.ts';
import { ask, type Journey } from './journey.ts';
import { mailIn } from './mail.ts';
import { getTicket, listTickets, openTicket } from './tickets.ts';

/** One person writes on every channel and is one customer with one history. */
export async function journey(my: Journey): Promise<void> {
  const email = `${my.tag}@customers.example`;
  const byMail = await mailIn(my, { from: `Nina Novak <${email}>`, subject: `A mail ${my.tag}` });
  const { requesterId } = await getTicket(my, byMail);
  const phone = `+3752912${String(requesterId).padStart(5, '0')}`;
  await ask(my, 'POST', `/customers/${requesterId}/identities`, { kind: 'phone', value: phone });
  await ask(my, 'POST', `/customers/${requesterId}/identities`, { kind: 'social', value: `nina.${my.tag}` });
  const channels = ['phone', 'chat', 'social', 'sms', 'form', 'api'] as const;
  for (const channel of channels)
    await openTicket(my, { subject: `By ${channel}`, requester: { email }, channel });

  const history = await listTickets(my, { view: 'all', requester: requesterId, sort: 'created' });
  expect(history.map((ticket) => ticket.channel).sort()).toEqual([...channels, 'email'].sort());
  expect(new Set(history.map((ticket) => ticket.requesterId))).toEqual(new Set([requesterId]));
  const times = history.map((ticket) => ticket.createdAt);
  expect(times).toEqual([...times].sort().reverse());
  const customer = await ask<Customer>(my, 'GET', `/customers/${requesterId}`);
  expect(customer.name).toBe('Nina Novak');
  expect(customer.identities.map(({ kind }) => kind).sort()).toEqual(['email', 'phone', 'social']);

  // One timeline on the screen, whichever of them is open.
  await atDesk(my, async (page) => {
    await openConversation(page, { id: byMail });
    const panel = page.getByRole('complementary', { name: 'Customer and ticket' });
    for (const words of [email, phone, `nina.${my.tag}`]) await panel.getByText(words).first().waitFor();
    for (const channel of channels) await panel.getByText(`By ${channel}`, { exact: true }).waitFor();
    await panel.getByText('By chat', { exact: true }).click();
    await page.getByRole('heading', { name: 'By chat' }).waitFor();
    await panel.getByText(`A mail ${my.tag}`).waitFor();
  });
}
