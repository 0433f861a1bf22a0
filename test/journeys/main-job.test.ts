import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { admin } from '../running-desk.ts';
import { inWindow, signIn } from './browser.ts';
import { ask, beginJourney, type Journey, until } from './journey.ts';
import { answerTo, mailIn, outgoingMail } from './mail.ts';
import { getTicket } from './tickets.ts';

it('a mail is answered, answered back and solved, and the dashboard follows', async () => {
  const my = beginJourney(inject('deskDoors'), 'main-job');
  await inWindow(my, async (console) => {
    await signIn(console, admin);
    const dashboard = await console.context().newPage();
    await dashboard.goto('/dashboard?period=today');
    const before = await tile(dashboard, 'Ticket volume');
    const solvedBefore = await tile(dashboard, 'Tickets solved');
    await console.goto('/inbox/open?sort=updated');
    await console.getByRole('heading', { name: 'All open' }).waitFor();

    const from = `Nina Novak <${my.tag}@customers.example>`;
    const subject = `My parcel ${my.tag}`;
    const id = await mailIn(my, { from, subject, text: 'Where is it?' });
    const row = console.getByRole('row').filter({ hasText: subject });
    await within(2, (await getTicket(my, id)).createdAt, () => row.waitFor());
    await expectTile(dashboard, 'Ticket volume', before + 1);

    await row.click();
    const conversation = console.getByRole('article').filter({ hasText: 'Where is it?' });
    await conversation.waitFor();
    const box = console.getByRole('region', { name: 'Reply to the customer' });
    await box.getByRole('textbox').fill('It leaves today.');
    await box.getByRole('button', { name: /^Send(?! as)/ }).click();
    const sent = await outgoingMail(my, id, 'reply');
    expect(sent.to).toEqual([`${my.tag}@customers.example`]);

    const thanks = { ...(await answerTo(my, sent)), text: 'Thank you very much!' };
    expect(await mailIn(my, { from, ...thanks, subject: `Re: ${subject}, thanks` })).toBe(id);
    const last = (await getTicket(my, id)).messages.at(-1);
    const answer = console.getByRole('article').filter({ hasText: 'Thank you very much!' });
    await within(2, last?.createdAt ?? '', () => answer.waitFor());

    await console.getByRole('button', { name: /^Solve/ }).click();
    await until('a solved ticket', async () => (await getTicket(my, id)).status === 'solved');
    await expectTile(dashboard, 'Tickets solved', solvedBefore + 1);
    await expectTile(dashboard, 'Ticket volume', before + 1);
  });
});

it('a page that nobody touches asks for nothing while nothing happens', async () => {
  const my = beginJourney(inject('deskDoors'), 'silence');
  await inWindow(my, async (console) => {
    await signIn(console, admin);
    const dashboard = await console.context().newPage();
    await dashboard.goto('/dashboard');
    await tile(dashboard, 'Ticket volume');
    const asked: string[] = [];
    for (const page of [console, dashboard]) page.on('request', (request) => asked.push(request.url()));
    await until('a quiet while', () => quietly(my, asked), 60);
  });
});

const quietMilliseconds = 4000;

/** Whether a while went by without an event; what the pages asked for in such a while is polling. */
async function quietly(my: Journey, asked: string[]): Promise<boolean> {
  const before = await lastEvent(my);
  asked.length = 0;
  await new Promise((resolve) => setTimeout(resolve, quietMilliseconds));
  const during = [...asked];
  if ((await lastEvent(my)) !== before) return false;
  expect(during).toEqual([]);
  return true;
}

async function lastEvent(my: Journey): Promise<number> {
  const { items } = await ask<{ items: { name: string; position: number }[] }>(my, 'GET', '/consumers');
  return Math.max(...items.map(({ position }) => position));
}

/** The number in a tile, once it is there. */
async function tile(page: Page, name: string): Promise<number> {
  const region = page.getByRole('region', { name, exact: true });
  await region.getByText(/as of/).waitFor();
  return numberOf(await region.innerText());
}

const numberOf = (text: string): number =>
  Number(/(\d[\d,]*)\s+tickets?/.exec(text)?.[1]?.replace(',', '') ?? 0);

async function expectTile(page: Page, name: string, value: number): Promise<void> {
  const region = page.getByRole('region', { name, exact: true });
  await until(`${name} at ${value}`, async () => numberOf(await region.innerText()) === value);
}

/** What an instant brought is on the screen at most so many seconds after it. */
async function within(seconds: number, instant: string, seen: () => Promise<void>): Promise<void> {
  await seen();
  expect(Date.now() - Date.parse(instant)).toBeLessThan(seconds * 1000);
}
