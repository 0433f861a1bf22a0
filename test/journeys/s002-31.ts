import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { TimelineEntry } from '../../server/modules/tickets/contract.ts';
import { atDesk } from './browser.ts';
import { ask, day, type Journey, until } from './journey.ts';
import { mailIn } from './mail.ts';
import { makePolicy, onlyTagged, secondOf, slaOf, slaUntil } from './promises.ts';
import {
  changeTicket,
  figureUntil,
  getTicket,
  importHistory,
  listTickets,
  openTicket,
  tagTicket,
} from './tickets.ts';

/** Claims are judged by their channel's limit; a promised one counts down on the row and is told at 80 % and 100 %. */
export async function journey(my: Journey): Promise<void> {
  await judgeClaims(my);
  await watchClaims(my);
}

/** CL-01: an hour for mail and a minute for chat, the limit itself in time. */
async function judgeClaims(my: Journey): Promise<void> {
  const start = Date.parse(`${day(-2)}T09:00:00Z`);
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
  const claims = [
    ['email', 3600],
    ['email', 3601],
    ['chat', 60],
    ['chat', 61],
  ] as const;
  await importHistory(
    my,
    claims.map(([channel, seconds], index) => ({
      id: `${my.tag}-${index}`,
      createdAt: at(0),
      channel,
      events: [{ at: at(seconds), type: 'claim', agent: 'Boris' }],
    })),
  );
  const share = await figureUntil(my, 'claim_time', ({ n }) => n === 4);
  expect(share).toMatchObject({ value: 50, numerator: 2, denominator: 4 });
  expect(share.byChannel).toEqual({ email: { num: 1, den: 2 }, chat: { num: 1, den: 2 } });

  // CL-02: past its limit it is a miss now; a new mail inside its hour is not judged.
  await importHistory(my, [{ id: `${my.tag}-left`, createdAt: at(0), channel: 'email' }]);
  const id = await mailIn(my, { from: `${my.tag}@customers.example`, subject: `Fresh ${my.tag}` });
  await tagTicket(my, id);
  const now = await figureUntil(my, 'claim_time', ({ n, waitingInTime }) => n === 5 && waitingInTime === 1);
  expect(now).toMatchObject({ value: 40, missedNow: 1 });
  await ask(my, 'POST', `/tickets/${id}/claim`);
  await figureUntil(my, 'claim_time', ({ n, numerator }) => n === 6 && numerator === 3);
}

/** One claim that is broken and one with time to spare, side by side in the list. */
async function watchClaims(my: Journey): Promise<void> {
  const { id, created } = await openUnclaimed(my, 'Too late', 10);
  const { id: other } = await openUnclaimed(my, 'In time', 600);
  await slaUntil(my, id, 'four fifths used', ({ clocks }) => clocks[0]?.state === 'due_soon');
  await slaUntil(my, id, 'a missed claim', ({ clocks }) => clocks[0]?.state === 'breached');
  await until('the mark of a missed claim', async () => (await getTicket(my, id)).breached);
  await changeTicket(my, id, { priority: 'high' });
  expect(await toldOf(my, id)).toEqual([
    ['sla.warned', 'claim', created + 8],
    ['sla.breached', 'claim', created + 10],
  ]);
  await atDesk(my, async (page) => {
    await page.goto(`/inbox/open?tag=${my.tag}-watched`);
    const markOf = (subject: string) =>
      page
        .getByRole('row')
        .filter({ hasText: `${subject} ${my.tag}` })
        .getByTitle('Claim', { exact: true });
    await markOf('In time')
      .getByText(/^(9|10)\smin\sleft$/)
      .waitFor();
    await markOf('Too late')
      .getByText(/^\d+\s(s|sec|min)\slate$/)
      .waitFor();
    const colours = await Promise.all([colourOf(markOf('In time')), colourOf(markOf('Too late'))]);
    expect(new Set(colours).size).toBe(2);
    for (const ticketId of [id, other]) await ask(my, 'POST', `/tickets/${ticketId}/claim`);
    await markOf('Too late').waitFor({ state: 'detached' });
    await markOf('In time').waitFor({ state: 'detached' });
  });
  expect(await getTicket(my, id)).toMatchObject({ breached: false, dueAt: null });
  const ended = [await slaOf(my, id), await slaOf(my, other)].map(({ clocks }) => clocks[0]?.state);
  expect(ended).toEqual(['missed', 'met']);
}

async function openUnclaimed(my: Journey, subject: string, seconds: number) {
  const tag = `${my.tag}-${seconds}`;
  const targets = [{ target: 'claim', seconds }];
  await makePolicy(my, { name: `${subject} ${my.tag}`, filter: onlyTagged(tag), targets });
  const requester = { email: `${my.tag}@customers.example` };
  const tags = [tag, `${my.tag}-watched`];
  const { id } = await openTicket(my, { subject: `${subject} ${my.tag}`, requester, channel: 'chat', tags });
  const [row] = await listTickets(my, { view: 'open', tag });
  expect(row).toMatchObject({ id, dueTarget: 'claim' });
  const created = secondOf(row?.createdAt ?? null);
  expect(secondOf(row?.dueAt ?? null) - created).toBe(seconds);
  return { id, created };
}

/** The warnings and breaches of a ticket: which, of what, and at which second. */
async function toldOf(my: Journey, id: number): Promise<unknown[]> {
  const { items } = await ask<{ items: TimelineEntry[] }>(my, 'GET', `/tickets/${id}/timeline`);
  return items
    .filter(({ type }) => type === 'sla.warned' || type === 'sla.breached')
    .map(({ type, at, data }) => [type, data.target, secondOf(at)]);
}

const colourOf = (mark: Locator): Promise<string> =>
  mark.locator('.figures').evaluate((element) => getComputedStyle(element).color);
