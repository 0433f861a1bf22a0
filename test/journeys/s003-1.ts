import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import { figuresAt } from './dashboard-window.ts';
import { ask, day, type Journey } from './journey.ts';
import { figure, figureUntil, importHistory } from './tickets.ts';

const channels = { social: [1200, 1800], email: [3600], chat: [30, 60, 90] } as const;

/** First response time, split by where people wrote, with the one definition they all share. */
export async function journey(my: Journey): Promise<void> {
  const start = Date.parse(`${day(-2)}T09:00:00Z`);
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
  const lines = Object.entries(channels).flatMap(([channel, waits]) =>
    waits.map((seconds, index) => ({
      id: `${my.tag}-${channel}-${index}`,
      createdAt: at(0),
      channel,
      events: [
        { at: at(0), type: 'message', author: 'customer' },
        { at: at(seconds), type: 'message', author: 'agent', agent: 'Boris' },
      ],
    })),
  );
  await importHistory(my, lines);
  const split = await figureUntil(my, 'first_response_time', ({ n }) => n === 6, { group_by: 'channel' });
  const means = Object.fromEntries((split.groups ?? []).map(({ key, value, n }) => [key, [value, n]]));
  expect(means).toEqual({ social: [1500, 2], email: [3600, 1], chat: [60, 3] });

  const { definitionId, definitionVersion } = split;
  for (const channel of Object.keys(channels)) {
    const alone = await figure(my, 'first_response_time', { channel });
    expect(alone).toMatchObject({ definitionId, definitionVersion, value: means[channel]?.[0] });
  }
  const entry = await ask<object>(my, 'GET', '/kpis/first_response_time');
  expect(entry).toMatchObject({ definitionId, definitionVersion, meaningId: expect.any(String) });
  // Rolled up from sums, never as an average of averages.
  expect(split.value).toBe(split.numerator / split.denominator);

  await atDesk(my, async (page) => {
    await page.goto(`/dashboard/first_response_time?${figuresAt(my, { split: 'channel' })}`);
    await page.getByText(/^From the moment a person was due to answer to the first public message/).waitFor();
    const row = (channel: string) => page.getByRole('table').getByRole('row').filter({ hasText: channel });
    for (const [channel, words] of [
      ['Social media', /25\smin\s+25\smin\s+30\smin\s+2\b/],
      ['Email', /1\sh\s+1\sh\s+1\sh\s+1\b/],
      ['Chat', /1\smin\s+1\smin\s+1\smin 30\ss\s+3\b/],
    ] as const) {
      await row(channel).first().waitFor();
      expect(await row(channel).first().innerText()).toMatch(words);
    }
  });
}
