import { expect } from 'vitest';
import { atDesk } from './browser.ts';
import { openDashboard, tileSays } from './dashboard-window.ts';
import { ask, day, type Journey, query } from './journey.ts';
import { mailIn } from './mail.ts';
import { type Figure, figure, figureUntil, importHistory, reply, tagTicket } from './tickets.ts';

/** Answered tickets make the mean, median and p90; those still waiting stand beside them, never as zeros. */
export async function journey(my: Journey): Promise<void> {
  const waits = [600, 900, 1200];
  await importHistory(
    my,
    waits.map((seconds, index) => answeredAfter(my, seconds, index)),
  );
  await importHistory(my, [{ ...asked(my, 'waiting'), events: [said('customer', 0)] }]);
  const tile = await figureUntil(
    my,
    'first_response_time',
    (all) => all.n === 3 && waitingOf(all).count === 1,
  );
  expect(tile).toMatchObject({
    value: 900,
    mean: 900,
    median: 900,
    p90: 1200,
    numerator: 2700,
    denominator: 3,
  });
  const waiting = waitingOf(tile);
  expect(waiting.oldestSeconds).toBeGreaterThan(86_400);

  const shown = await ask<{ tiles: Record<string, Figure> }>(
    my,
    'GET',
    `/dashboard?${query({ from: day(-3), to: day(3), tag: my.tag })}`,
  );
  expect(shown.tiles.first_response_time).toMatchObject({
    mean: 900,
    median: 900,
    p90: 1200,
    waiting: { count: 1 },
  });

  await atDesk(my, async (page) => {
    await openDashboard(page, my);
    const facts = /^median 15\smin · 9 of 10 within 20\smin · 1 still waiting · oldest \d\sdays?/;
    await tileSays(page, 'First response time', /^15\smin$/, facts);
  });
  await answerAMail(my);
}

/** A real mail and a real answer count the same way, from receipt to answer. */
async function answerAMail(my: Journey): Promise<void> {
  const id = await mailIn(my, { from: `${my.tag}@customers.example`, subject: `How long? ${my.tag}` });
  await tagTicket(my, id);
  expect((await figure(my, 'first_response_time')).n).toBe(3);
  await reply(my, id, { text: 'A note first.', public: false });
  await reply(my, id, { text: 'At once.' });
  const tile = await figureUntil(my, 'first_response_time', ({ n }) => n === 4);
  expect(tile.numerator).toBeLessThan(2700 + 120);
}

const waitingOf = (tile: Figure) => tile.waiting as { count: number; oldestSeconds: number };

const asked = (my: Journey, name: string) => ({
  id: `${my.tag}-${name}`,
  createdAt: at(0),
  channel: 'chat',
});

/** FR-01: an automatic reply and an internal note in between do not end the wait. */
const answeredAfter = (my: Journey, seconds: number, index: number) => ({
  ...asked(my, String(index)),
  events: [
    said('customer', 0),
    said('system', 5),
    { ...said('agent', 300), public: false },
    said('agent', seconds),
  ],
});

const said = (author: string, seconds: number) => ({
  at: at(seconds),
  type: 'message',
  author,
  ...(author === 'agent' ? { agent: 'Boris' } : {}),
});

const start = Date.parse(`${day(-2)}T09:00:00Z`);
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
