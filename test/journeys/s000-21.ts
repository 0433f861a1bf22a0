import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import type { Journey } from './journey.ts';
import { changeTicket, openTicket } from './tickets.ts';

/** The open dashboard follows an event within two seconds, without a reload, and says of when it is. */
export async function journey(my: Journey): Promise<void> {
  const requester = { email: `${my.tag}@customers.example` };
  const first = await openTicket(my, { subject: `First ${my.tag}`, requester });
  await atDesk(my, async (page) => {
    await page.goto(`/dashboard?period=today&tag=${my.tag}`);
    const volume = page.getByRole('region', { name: 'Ticket volume' });
    await volume.getByText('1 ticket').waitFor();
    const tiles = page.getByRole('region').filter({ has: page.getByRole('button', { name: /^Explain/ }) });
    const texts = await tiles.allInnerTexts();
    expect(texts.length).toBeGreaterThanOrEqual(8);
    for (const text of texts) expect(text).toMatch(/as of \d\d:\d\d:\d\d/);
    await page.evaluate(() => Object.assign(window, { loadedOnce: true }));

    const beganAt = Date.now();
    await openTicket(my, { subject: `Second ${my.tag}`, requester });
    await volume.getByText('2 tickets').waitFor();
    expect(Date.now() - beganAt).toBeLessThan(2000);

    const solvedAt = Date.now();
    await changeTicket(my, first.id, { status: 'solved' });
    await page
      .getByRole('region', { name: 'Tickets solved' })
      .getByText('1 ticket', { exact: false })
      .first()
      .waitFor();
    expect(Date.now() - solvedAt).toBeLessThan(2000);
    expect(await page.evaluate(() => 'loadedOnce' in window)).toBe(true);
  });
}
