import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import { explain, openDashboard, tileSays } from './dashboard-window.ts';
import { ask, day, type Journey, query } from './journey.ts';
import { figureUntil, importHistory } from './tickets.ts';

const hour = 3600;

/** RT-03: 12 hours over the three solved tickets make 4 hours; the guide divides by all four tickets, as the explanation says. */
export async function journey(my: Journey): Promise<void> {
  const start = Date.parse(`${day(-2)}T06:00:00Z`);
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
  const tickets = [2 * hour, 4 * hour, 6 * hour, null].map((seconds, index) => ({
    id: `${my.tag}-${index}`,
    createdAt: at(0),
    channel: 'email',
    events: seconds === null ? [] : [{ at: at(seconds), type: 'status', to: 'solved' }],
  }));
  const [first] = await importHistory(my, tickets);
  const art = await figureUntil(my, 'resolution_time', ({ n }) => n === 3);
  expect(art).toMatchObject({ value: 4 * hour, numerator: 12 * hour, denominator: 3, clock: 'calendar' });
  expect(art).toMatchObject({ median: 4 * hour, p90: 6 * hour, first: { n: 3, mean: 4 * hour } });

  const rows = await ask<{ count: number; sum: number; items: { ticketId: number }[] }>(
    my,
    'GET',
    `/kpis/resolution_time/items?${query({ from: day(-3), to: day(3), tag: my.tag })}`,
  );
  expect(rows).toMatchObject({ count: 3, sum: 12 * hour });
  expect(rows.items.map(({ ticketId }) => ticketId)).toContain(first);

  const guide = await ask<object>(
    my,
    'GET',
    `/kpis/resolution_time/guide?${query({ from: day(-3), to: day(3), tag: my.tag })}`,
  );
  expect(guide).toMatchObject({ value: 3 * hour, numerator: 12 * hour, denominator: 4, unit: 'seconds' });

  const period = { from: day(-3), to: day(3), tz: 'UTC' };
  const both = await ask<object>(my, 'POST', '/kpis/resolution_time/calculate', { period, tickets });
  expect(both).toMatchObject({ fullMeanSeconds: 4 * hour, seedMeanSeconds: 3 * hour });

  await atDesk(my, async (page) => {
    await openDashboard(page, my);
    await tileSays(page, 'Time to resolution', /^4\sh$/);
    const drawer = await explain(page, 'Time to resolution');
    await drawer.getByText('As the guide counts it').waitFor();
    await drawer.getByText(/^12\sh \/ 4 = 3\sh$/).waitFor();
    await drawer.getByText(/^The guide divides by every ticket created in the period/).waitFor();
  });
}
