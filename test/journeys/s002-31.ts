import type { Locator, Page } from 'playwright-core';
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

/** Long enough to be seen in the list before four fifths of it are gone. */
const lateSeconds = 20;

/** Claims are judged by their channel's limit; a promised one counts down on the row and is told at 80 % and 100 %. */
export async function journey(my: Journey): Promise<void> {
  await judgeClaims(my);
  await judgeBusinessHour(my);
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

/** CL-03: over a weekend and two nights that are closed, an hour is sixty minutes of the desk's own time. */
async function judgeBusinessHour(my: Journey): Promise<void> {
  const hours = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((name) => [name, [['09:00', '18:00']]]),
  );
  const name = `Weekdays ${my.tag}`;
  await ask(my, 'POST', '/schedules', { name, definition: { tz: 'UTC', hours } });
  const friday = -7 - ((new Date().getUTCDay() + 2) % 7);
  const [opened, monday] = [`${day(friday)}T17:30:00Z`, day(friday + 3)];
  const tag = `${my.tag}-weekend`;
  await importHistory(
    my,
    ['09:30:00', '09:30:01'].map((at) => ({
      id: `${my.tag}-${at}`,
      createdAt: opened,
      channel: 'email',
      schedule: name,
      tags: [tag],
      events: [{ at: `${monday}T${at}Z`, type: 'claim', agent: 'Boris' }],
    })),
  );
  const span = { tag, from: day(friday - 1) };
  const share = await figureUntil(my, 'claim_time', ({ n }) => n === 2, span);
  expect(share).toMatchObject({ value: 50, numerator: 1, denominator: 2 });
}

/** One claim that is broken and one with time to spare, side by side in the list, from the first second on. */
async function watchClaims(my: Journey): Promise<void> {
  await atDesk(my, async (page) => {
    await page.goto(`/inbox/open?tag=${my.tag}-watched`);
    const late = await openUnclaimed(my, 'Too late', lateSeconds);
    const { id: other } = await openUnclaimed(my, 'In time', 600);
    const inTime = markOf(page, `In time ${my.tag}`);
    await inTime.getByText(/^(9|10)\smin\sleft$/).waitFor();
    const { calm } = await colours(page);
    await watchColours(my, page, late);
    await until('a claim in ink', async () => (await colourOf(inTime)) === calm);
    await checkTold(my, late);
    for (const { id } of [late, { id: other }]) await ask(my, 'POST', `/tickets/${id}/claim`);
    await markOf(page, `Too late ${my.tag}`).waitFor({ state: 'detached' });
    await inTime.waitFor({ state: 'detached' });
    expect(await getTicket(my, late.id)).toMatchObject({ breached: false, warnAt: null, dueAt: null });
    const ended = [await slaOf(my, late.id), await slaOf(my, other)].map(({ clocks }) => clocks[0]?.state);
    expect(ended).toEqual(['missed', 'met']);
  });
}

/** The row turns at 80 % and at 100 %, by itself: its list is not read again. Whoever may take it is told both. */
async function watchColours(my: Journey, page: Page, { created }: Watched): Promise<void> {
  const mark = markOf(page, `Too late ${my.tag}`);
  const { calm, due, late } = await colours(page);
  await mark.getByText(/^\d+\ss\sleft$/).waitFor();
  const lists = '**/api/desk/v1/tickets?**';
  await page.route(lists, (route) => route.abort());
  const seen = await turnsOf(mark);
  const notices = page.getByRole('status');
  await notices.getByText(new RegExp(`^Claim is due in \\d\\ss: Too late ${my.tag}$`)).waitFor();
  await notices.getByText(`Claim is late: Too late ${my.tag}`).waitFor();
  await until('the colour of a missed claim', async () => (await colourOf(mark)) === late);
  const turns = await seen.jsonValue();
  expect(turns.map(({ colour }) => colour)).toEqual([calm, due, late]);
  const [, warned, breached] = turns.map(({ at }) => Math.floor(at / 1000));
  const [warnAt, dueAt] = [created + lateSeconds * 0.8, created + lateSeconds];
  expect(warned).toBeGreaterThanOrEqual(warnAt);
  expect(warned).toBeLessThan(dueAt);
  expect(breached).toBeGreaterThanOrEqual(dueAt);
  await page.unroute(lists);
  await notices.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: `Too late ${my.tag}` }).waitFor();
  await page.goBack();
}

/** What the desk itself holds of it: the states, the mark on the ticket, and both lines of its history. */
async function checkTold(my: Journey, { id, created }: Watched): Promise<void> {
  await slaUntil(my, id, 'a missed claim', ({ clocks }) => clocks[0]?.state === 'breached');
  await until('the mark of a missed claim', async () => (await getTicket(my, id)).breached);
  await changeTicket(my, id, { priority: 'high' });
  expect(await toldOf(my, id)).toEqual([
    ['sla.warned', 'claim', created + lateSeconds * 0.8],
    ['sla.breached', 'claim', created + lateSeconds],
  ]);
}

type Watched = Awaited<ReturnType<typeof openUnclaimed>>;

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
  expect(secondOf(row?.warnAt ?? null) - created).toBe(seconds * 0.8);
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

const markOf = (page: Page, subject: string): Locator =>
  page
    .getByRole('row')
    .filter({ hasText: subject })
    .getByTitle(/^Claim/);

const colourOf = (mark: Locator): Promise<string> =>
  mark.locator('.figures').evaluate((element) => getComputedStyle(element).color);

/** The colours of a promise with time to spare, one that is due, and one that is late. */
const colours = (page: Page) =>
  page.evaluate(() => {
    const of = (look: string) => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.className = look;
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    };
    return { calm: of('text-ink-2'), due: of('text-due'), late: of('text-late') };
  });

/** Every colour that a mark shows from now on, and since when (epoch ms). */
const turnsOf = (mark: Locator) =>
  mark.evaluateHandle((element) => {
    const turns: { at: number; colour: string }[] = [];
    const look = () => {
      const shown = element.querySelector('.figures');
      const colour = shown && getComputedStyle(shown).color;
      if (colour && turns.at(-1)?.colour !== colour) turns.push({ at: Date.now(), colour });
    };
    look();
    setInterval(look, 20);
    return turns;
  });
