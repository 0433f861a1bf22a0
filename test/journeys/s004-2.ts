import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import { makeInbox } from './inboxes.ts';
import type { Journey } from './journey.ts';
import { mailIn } from './mail.ts';
import { listTickets, openTicket, tagTicket } from './tickets.ts';

/** Three mailboxes, a chat and a call stand in one list, and each says where it came from. */
export async function journey(my: Journey): Promise<void> {
  const from = `${my.tag}@customers.example`;
  const sources: string[] = [];
  for (const name of ['sales', 'help', 'billing']) {
    const inbox = await makeInbox(my, name);
    const subject = `To ${name} ${my.tag}`;
    const id = await mailIn(my, { from, to: inbox.addresses[0], subject });
    await tagTicket(my, id);
    sources.push(`email ${inbox.id}`);
  }
  for (const channel of ['chat', 'phone'] as const) {
    await openTicket(my, { subject: `By ${channel}`, requester: { email: from }, channel });
    sources.push(`${channel} null`);
  }
  const list = await listTickets(my, { view: 'open', tag: my.tag });
  expect(list.map((ticket) => `${ticket.channel} ${ticket.inboxId}`).sort()).toEqual(sources.sort());

  await atDesk(my, async (page) => {
    await page.goto(`/inbox/open?tag=${my.tag}`);
    const rows = page.getByRole('grid').getByRole('row');
    const sourceOf = (subject: string, words: string) =>
      rows.filter({ hasText: subject }).getByTitle(words, { exact: true }).waitFor();
    for (const name of ['sales', 'help', 'billing'])
      await sourceOf(`To ${name} ${my.tag}`, `Email · ${name} ${my.tag}`);
    await sourceOf('By chat', 'Chat');
    await sourceOf('By phone', 'Phone');
    expect(await rows.count()).toBe(5);
  });
}
