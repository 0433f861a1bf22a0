import { beforeAll, expect, inject, it } from 'vitest';
import { atDesk, inWindow, signIn, stumbles } from './browser.ts';
import { byMenu, openConversation, openList, replyBox } from './inbox-window.ts';
import { ask, beginJourney, type Journey, query, until } from './journey.ts';
import { type Colleague, hireAgent } from './people.ts';
import { openTicket } from './tickets.ts';

let my: Journey;
let agent: Colleague;

beforeAll(async () => {
  my = beginJourney(inject('deskDoors'), 'find');
  agent = await hireAgent(my, 'Hanna');
});

const write = (subject: string, text: string) =>
  openTicket(my, {
    subject: `${subject} ${my.tag}`,
    requester: { email: `${my.tag}@customers.example`, name: 'Nina Novak' },
    channel: 'email',
    message: { text },
    assigneeId: agent.id,
  });

const untilFindable = (words: string, count: number) =>
  until(`${count} found for ${words}`, async () => {
    const found = await ask<{ count: number }>(my, 'GET', `/search?${query({ q: words })}`);
    return found.count === count;
  });

it('a ticket is found by a word that somebody wrote, by keys alone, and the way back leads to the list', () =>
  inWindow(my, async (page) => {
    const word = `kettle${my.tag}`;
    const ticket = await write('Wanted', `The handle of my ${word} came off.`);
    const other = await write('Other', `Nothing about it.`);
    await untilFindable(word, 1);
    await signIn(page, agent);
    await openList(page, '/inbox/mine', 2);
    await page.keyboard.press('/');
    const search = page.getByRole('dialog', { name: 'Search' });
    await search.getByRole('combobox').waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.keyboard.type(word);
    const found = search.getByRole('option');
    await found.filter({ hasText: ticket.subject }).waitFor();
    expect(await found.count()).toBe(1);
    expect(await found.locator('mark').allTextContents()).toEqual([word]);
    await search.getByText('Found: 1').waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/inbox/mine/${ticket.id}`));
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/inbox\/mine(\?|$)/);

    // By its number, with Enter before the answer is there.
    await page.keyboard.press('/');
    await page.keyboard.type(`#${other.id}`);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/inbox/mine/${other.id}`));
  }));

it('the menu finds tickets too, after what can be done', () =>
  atDesk(my, async (page) => {
    const word = `teapot${my.tag}`;
    const ticket = await write('Menu', `A ${word}.`);
    await untilFindable(word, 1);
    await page.goto('/dashboard');
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await byMenu(page, word);
    await page.waitForURL(new RegExp(`/inbox/all/${ticket.id}`));
  }));

it('keys work before anything has the focus: down, Enter; R in the list opens the box', () =>
  inWindow(my, async (page) => {
    await signIn(page, agent);
    await page.goto('/inbox/mine?sort=created');
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    const second = await page.getByRole('row').nth(1).getAttribute('id');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/inbox/mine/${second?.replace(/\D+/, '')}`));
    await page.goto('/inbox/mine?sort=created');
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    // What a ticket needs comes a moment after the list.
    await until('the box', async () => {
      await page.keyboard.press('r');
      await page.waitForTimeout(400);
      return replyBox(page).isVisible();
    });
    await until('the box has the focus', () =>
      replyBox(page).evaluate((box) => document.activeElement === box),
    );
  }));

it('what is sent while a file is on its way goes out when the file is there, unless one waits', () =>
  atDesk(my, async (page) => {
    const ticket = await write('File', 'Please send the plan.');
    let release = () => {};
    let held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/desk/v1/uploads**', async (route) => {
      await held;
      await route.continue();
    });
    await openConversation(page, ticket);
    const composer = page.getByRole('region', { name: 'Reply to the customer' });
    const plan = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('one') };
    await composer.locator('input[type=file]').setInputFiles(plan);
    await replyBox(page).fill('Here is the plan.');
    await page.keyboard.press('Control+Enter');
    const notice = composer.getByRole('status');
    await notice.getByText('It goes out as soon as every file is there.').waitFor();
    await notice.getByRole('button', { name: 'Cancel' }).click();
    release();
    await composer.getByRole('button', { name: 'Remove plan.txt' }).waitFor();
    expect(await replyBox(page).inputValue()).toBe('Here is the plan.');

    held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await composer.locator('input[type=file]').setInputFiles({ ...plan, name: 'price.txt' });
    await replyBox(page).press('Control+Enter');
    await notice.getByText('It goes out as soon as').waitFor();
    release();
    const sent = page.getByRole('article').filter({ hasText: 'Here is the plan.' });
    await sent.getByText('plan.txt').waitFor();
    await sent.getByText('price.txt').waitFor();
    await notice.waitFor({ state: 'hidden' });
  }));
