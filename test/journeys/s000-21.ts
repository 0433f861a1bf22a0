import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import type { Journey } from './journey.ts';
import { changeTicket, figureUntil, openTicket } from './tickets.ts';

const dashboard = /\/api\/desk\/v1\/dashboard\?/;

/**
 * The open dashboard follows an event within two seconds, without a reload, and says of when it is. All tiles with
 * their series come in one answer, so that they are of one moment; only the channels have one of their own.
 */
export async function journey(my: Journey): Promise<void> {
  const requester = { email: `${my.tag}@customers.example` };
  await atDesk(my, async (page) => {
    const volume = page.getByRole('region', { name: 'Ticket volume' });
    const answered = page.waitForResponse(dashboard);
    await page.goto(`/dashboard?period=today&tag=${my.tag}`);
    const early = await (await answered).json();
    // Somebody comes whose figures were asked for a moment before the ticket was measured: they are not left with them.
    await page.goto('about:blank');
    await openTicket(my, { subject: `First ${my.tag}`, requester });
    await figureUntil(my, 'ticket_volume', ({ value }) => value === 1);
    await page.route(dashboard, async (route) => route.fulfill({ json: early }), { times: 1 });
    await page.goto(`/dashboard?period=today&tag=${my.tag}`);
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
