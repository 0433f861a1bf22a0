import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import type { Journey } from './journey.ts';
import { changeTicket, openTicket } from './tickets.ts';

/**
 * The open dashboard follows an event within two seconds, without a reload, and says of when it is. All tiles with
 * their series come in one answer, so that they are of one moment; only the channels have one of their own.
 */
export async function journey(my: Journey): Promise<void> {
  const requester = { email: `${my.tag}@customers.example` };
  await openTicket(my, { subject: `First ${my.tag}`, requester });
  await atDesk(my, async (page) => {
    await page.goto(`/dashboard?period=today&tag=${my.tag}`);
    const volume = page.getByRole('region', { name: 'Ticket volume' });
    await volume.getByText('1 ticket').waitFor();
    const tiles = page.getByRole('region').filter({ has: page.getByRole('button', { name: /^Explain/ }) });
    const texts = await tiles.allInnerTexts();
    expect(texts.length).toBeGreaterThanOrEqual(8);
    for (const text of texts) expect(text).toMatch(/as of \d\d:\d\d:\d\d/);
    const channels = page.getByRole('table', { name: 'Volume by channel' }).locator('xpath=..');
    await channels
      .locator('..')
      .getByText(/^as of \d\d:\d\d:\d\d$/)
      .waitFor();
    await page.evaluate(() => Object.assign(window, { loadedOnce: true }));

    const solved = page.getByRole('region', { name: 'Tickets solved' });
    const figures: string[] = [];
    page.on('request', (request) => {
      const [, figure] = /\/api\/desk\/v1\/(dashboard|kpis\/\w+)/.exec(request.url()) ?? [];
      if (figure) figures.push(figure);
    });
    const waits: number[] = [];
    for (const n of [2, 3, 4]) {
      const beganAt = Date.now();
      const { id } = await openTicket(my, { subject: `Ticket ${n} ${my.tag}`, requester });
      await volume.getByText(`${n} tickets`).waitFor();
      const solvedAt = Date.now();
      await changeTicket(my, id, { status: 'solved' });
      await solved
        .getByText(n === 2 ? '1 ticket' : `${n - 1} tickets`, { exact: false })
        .first()
        .waitFor();
      waits.push(solvedAt - beganAt, Date.now() - solvedAt);
    }
    expect(Math.max(...waits), waits.join(' ')).toBeLessThan(2000);
    expect(await page.evaluate(() => 'loadedOnce' in window)).toBe(true);
    expect([...new Set(figures)].sort()).toEqual(['dashboard', 'kpis/volume_by_channel']);
  });
}
