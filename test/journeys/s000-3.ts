import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import { openDashboard } from './dashboard-window.ts';
import type { Journey } from './journey.ts';
import { answerTo, mailIn, outgoingMail } from './mail.ts';
import { figureUntil, getTicket, openTicket, reply, tagTicket } from './tickets.ts';

/** A ticket from each channel has a row of its own, and keeps its channel when the customer takes another. */
export async function journey(my: Journey): Promise<void> {
  const email = `${my.tag}@customers.example`;
  const byMail = await mailIn(my, { from: email, subject: `By mail ${my.tag}` });
  await tagTicket(my, byMail);
  const others = ['phone', 'social', 'chat'] as const;
  for (const channel of others) await openTicket(my, { subject: channel, requester: { email }, channel });
  const even = await figureUntil(my, 'volume_by_channel', ({ value }) => value === 4, {
    group_by: 'channel',
  });
  expect(even.groups?.map(({ key, n, share }) => [key, n, share]).sort()).toEqual(
    ['chat', 'email', 'phone', 'social'].map((channel) => [channel, 1, 25]),
  );

  const call = await openTicket(my, { subject: `A call ${my.tag}`, requester: { email }, channel: 'phone' });
  await reply(my, call.id, { text: 'As promised on the phone: here it is in writing.' });
  const written = await outgoingMail(my, call.id, 'reply');
  const back = { ...(await answerTo(my, written)), subject: `Re: A call ${my.tag}, thanks` };
  expect(await mailIn(my, { from: email, ...back })).toBe(call.id);
  expect((await getTicket(my, call.id)).channel).toBe('phone');

  const after = await figureUntil(
    my,
    'volume_by_channel',
    ({ value, contacts }) => value === 5 && (contacts as Record<string, number>).email === 2,
    { group_by: 'channel' },
  );
  expect(after.groups?.find(({ key }) => key === 'phone')).toMatchObject({ n: 2, share: 40 });
  expect(after.groups?.find(({ key }) => key === 'email')).toMatchObject({ n: 1, share: 20 });
  // Two contacts by mail, though only one ticket began there.
  expect(after.contacts).toMatchObject({ email: 2, phone: 2, chat: 1, social: 1 });

  await atDesk(my, async (page) => {
    await openDashboard(page, my);
    const shown = page.getByRole('table', { name: 'Volume by channel' }).getByRole('row');
    const rowOf = (channel: string) => shown.filter({ hasText: channel });
    await rowOf('Phone').filter({ hasText: '40.0%' }).waitFor();
    for (const [channel, words] of [
      ['Phone', /40\.0%\s+2\s+2$/],
      ['Email', /20\.0%\s+1\s+2$/],
      ['Chat', /20\.0%\s+1\s+1$/],
      ['Social media', /20\.0%\s+1\s+1$/],
    ] as const)
      expect(await rowOf(channel).innerText()).toMatch(words);
  });
}
