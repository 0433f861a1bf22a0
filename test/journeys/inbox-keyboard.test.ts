import type { Page } from 'playwright-core';
import { beforeAll, expect, inject, it } from 'vitest';
import { inWindow, signIn } from './browser.ts';
import { choose, hasFocus, openList, replyBox, untilTicket } from './inbox-window.ts';
import { beginJourney, type Journey, until } from './journey.ts';
import { type Colleague, hireAgent } from './people.ts';
import { getTicket, openTicket } from './tickets.ts';

let my: Journey;
let agent: Colleague;
let colleague: Colleague;

beforeAll(async () => {
  my = beginJourney(inject('deskDoors'), 'keys');
  agent = await hireAgent(my, 'Maryna');
  colleague = await hireAgent(my, 'Anton');
});

it('what is typed before the command menu is here is meant for it', () =>
  inWindow(my, async (page) => {
    const ticket = await openTicket(my, {
      subject: `Ahead ${my.tag}`,
      requester: { email: `${my.tag}@customers.example` },
      assigneeId: agent.id,
    });
    const menu = page.getByRole('dialog', { name: 'Command menu' });
    /** The menu's script comes when it is let through; until then there is no menu. */
    const hold = async () => {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/command-menu-*.js', async (route) => {
        await held;
        await route.continue();
      });
      return release;
    };
    const release = await hold();
    await signIn(page, agent);
    await openList(page, '/inbox/mine', 1);
    await page.keyboard.press('Control+K');
    await page.keyboard.type('jdashx');
    await page.keyboard.press('Backspace');
    expect(await menu.count()).toBe(0);
    release();
    await menu.waitFor();
    expect(await menu.getByRole('combobox').inputValue()).toBe('jdash');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toBe('/inbox/mine');

    // From a box that is being written in, with the choice made before there is anything to see.
    await page.unroute('**/command-menu-*.js');
    const releaseAgain = await hold();
    await page.goto(`/inbox/mine/${ticket.id}`);
    await replyBox(page).fill('Half a sentence');
    await page.keyboard.press('Control+K');
    await page.keyboard.type('dashboard');
    await page.keyboard.press('Enter');
    releaseAgain();
    await page.waitForURL(/\/dashboard/);
    await page.goto(`/inbox/mine/${ticket.id}`);
    await replyBox(page).waitFor();
    expect(await replyBox(page).inputValue()).toBe('Half a sentence');
  }));

it('a working day without a mouse: open, read, answer, note, assign, solve, next', () =>
  inWindow(my, async (page) => {
    const ask = (subject: string) =>
      openTicket(my, {
        subject: `${subject} ${my.tag}`,
        requester: { email: `${my.tag}@customers.example`, name: 'Nina Novak' },
        channel: 'email',
        assigneeId: agent.id,
      });
    const second = await ask('Second');
    const first = await ask('First');
    await signIn(page, agent);
    await page.waitForURL(/\/inbox\/mine/);
    await openList(page, '/inbox/mine?sort=created', 2);
    const press = presser(page);

    await press('Enter');
    await page.waitForURL(new RegExp(`/${first.id}`));
    await page.getByRole('article').first().waitFor();
    await press('Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Conversation',
    );

    await press('r');
    await page.keyboard.type('It leaves today.');
    await press('Control+Enter');
    await page.getByRole('article').filter({ hasText: 'It leaves today.' }).waitFor();
    await press('Escape');
    await press('n');
    await page.keyboard.type(`Please look @${colleague.name.slice(0, 5)}`);
    await page.getByRole('option', { name: colleague.name }).waitFor();
    await press('Enter');
    await press('Control+Enter');
    const named = await untilTicket(my, first.id, 'a note that names a colleague', () => true);
    await untilTicket(my, named.id, 'the note', (one) => one.version > first.version);
    await page.getByText('Note added').first().waitFor();
    expect((await getTicket(my, first.id)).followers.map(({ staffId }) => staffId)).toContain(colleague.id);

    await press('Escape');
    await press('a');
    await choose(page, colleague.name);
    await untilTicket(my, first.id, 'another owner', (one) => one.assigneeId === colleague.id);
    await press('e');
    await untilTicket(my, first.id, 'a solved ticket', (one) => one.status === 'solved');
    await press(']');
    await page.waitForURL(new RegExp(`/${second.id}`));
    await press('Escape');
    await page.waitForURL(/\/inbox\/mine(\?|$)/);
  }));

it('a button that goes away as it is pressed leaves the focus in the conversation, on a phone too', () =>
  inWindow(my, async (page) => {
    const free = await openTicket(my, {
      subject: `Free ${my.tag}`,
      requester: { email: `${my.tag}@customers.example` },
      channel: 'email',
    });
    await signIn(page, agent);
    await page.setViewportSize({ width: 390, height: 844 });
    await openList(page, `/inbox/unassigned?tag=${my.tag}`, 1);
    const press = presser(page);
    await press('Enter');
    await page.getByRole('article').first().waitFor();
    await press('Tab');
    await page.getByRole('button', { name: 'Claim' }).focus();
    await press('Enter');
    await untilTicket(my, free.id, 'a claimed ticket', (one) => one.assigneeId === agent.id);
    await page.getByRole('button', { name: 'Claim' }).waitFor({ state: 'hidden' });
    expect(await hasFocus(page)).toBe(true);
    await press('Escape');
    await page.waitForURL(/\/inbox\/unassigned/);
    expect(await hasFocus(page)).toBe(true);
  }));

/** Presses a key and asks each time that the focus comes to rest somewhere. */
const presser = (page: Page) => async (keys: string) => {
  await page.keyboard.press(keys);
  await page.waitForTimeout(250);
  await until(`focus after ${keys}`, () => hasFocus(page), 5);
};
