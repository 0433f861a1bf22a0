import type { Page } from 'playwright-core';
import { beforeAll, expect, inject, it } from 'vitest';
import { atDesk, inWindow, sideways, stumbles } from './browser.ts';
import { explain } from './dashboard-window.ts';
import { beginJourney, type Journey } from './journey.ts';
import { mailIn } from './mail.ts';
import { settingsSections } from './settings-sections.ts';

let my: Journey;
let ticketId: number;

beforeAll(async () => {
  my = beginJourney(inject('deskDoors'), 'a11y');
  const html = '<p>Hello, <b>is</b> anybody there?</p><ul><li>one</li><li>two</li></ul>';
  ticketId = await mailIn(my, { from: `${my.tag}@customers.example`, subject: `Hello ${my.tag}`, html });
});

it('the sign-in page', () =>
  inWindow(my, async (page) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await stumbles(page)).toEqual([]);
  }));

it('the inbox', () =>
  atDesk(my, async (page) => {
    await page.goto('/inbox/open');
    await page.getByRole('row').first().waitFor();
    expect(await stumbles(page)).toEqual([]);
  }));

it('a conversation', () =>
  atDesk(my, async (page) => {
    await page.goto(`/inbox/all/${ticketId}`);
    await page.getByRole('article').first().waitFor();
    await page.getByTitle(/^Mail of/).waitFor();
    expect(await stumbles(page)).toEqual([]);
  }));

it('the dashboard', () =>
  atDesk(my, async (page) => {
    await page.goto('/dashboard');
    await page.getByRole('region', { name: 'Ticket volume' }).waitFor();
    expect(await stumbles(page)).toEqual([]);
  }));

it.each(settingsSections)('the settings: %s', (section) =>
  atDesk(my, async (page) => {
    await page.goto(`/settings/${section}`);
    await page.getByRole('heading').first().waitFor();
    expect(await stumbles(page)).toEqual([]);
  }),
);

it.each(['dark', 'light'] as const)(
  'a conversation, its history and the keys on a phone: %s',
  (colorScheme) =>
    atDesk(my, async (page) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`/inbox/all/${ticketId}`);
      await page.getByRole('article').first().waitFor();
      await page.locator('#ticket-thread button[aria-expanded=false]').last().click();
      expect(await stumbles(page)).toEqual([]);
      await page.getByRole('region', { name: 'Conversation' }).focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      expect(await stumbles(page)).toEqual([]);
    }),
);

/** A window of 1280 px at 400 %. */
const narrow = { width: 320, height: 720 };

const screens: [string, string, (page: Page) => Promise<unknown>][] = [
  ['the inbox', '/inbox/all', (page) => page.getByRole('row').first().waitFor()],
  ['the dashboard', '/dashboard', (page) => page.getByRole('region', { name: 'Ticket volume' }).waitFor()],
  ['an explanation', '/dashboard', (page) => explain(page, 'Ticket volume')],
  ['a table of figures', '/dashboard?table=true', (page) => page.getByRole('table').first().waitFor()],
  ['a figure', '/dashboard/ticket_volume', (page) => page.getByRole('heading').nth(1).waitFor()],
  ['the calculator', '/dashboard/calculator', (page) => page.getByRole('heading').first().waitFor()],
  ...settingsSections.map((section): [string, string, (page: Page) => Promise<unknown>] => [
    `the settings: ${section}`,
    `/settings/${section}`,
    (page) => page.getByRole('heading').nth(1).waitFor(),
  ]),
  ['new hours', '/settings/hours', (page) => openNew(page, 'Add hours')],
  ['a new policy', '/settings/sla', (page) => openNew(page, 'Add a policy')],
];

async function openNew(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.getByRole('dialog').waitFor();
}

it.each(screens)('at 320 px nothing goes on past the side: %s', (_, address, ready) =>
  atDesk(my, async (page) => {
    await page.setViewportSize(narrow);
    await page.goto(address);
    await ready(page);
    expect(await sideways(page)).toEqual([]);
    expect(await stumbles(page)).toEqual([]);
  }),
);

it('at 320 px nothing goes on past the side: a conversation and its panel', () =>
  atDesk(my, async (page) => {
    await page.setViewportSize(narrow);
    await page.goto(`/inbox/all/${ticketId}`);
    await page.getByTitle(/^Mail of/).waitFor();
    expect(await sideways(page)).toEqual([]);
    await page.getByRole('button', { name: 'Customer and ticket' }).click();
    await page.getByRole('dialog', { name: 'Customer and ticket' }).waitFor();
    expect(await sideways(page)).toEqual([]);
    expect(await stumbles(page)).toEqual([]);
  }));

it('at 320 px nothing goes on past the side: the sign-in pages', () =>
  inWindow(my, async (page) => {
    await page.setViewportSize(narrow);
    for (const address of ['/sign-in', '/hc/en/signin']) {
      await page.goto(address);
      await page.getByRole('button').first().waitFor();
      expect(await sideways(page)).toEqual([]);
    }
  }));

it.each(['light', 'dark'] as const)('in high contrast: %s', (colorScheme) =>
  atDesk(my, async (page) => {
    await page.addInitScript(() =>
      localStorage.setItem('firstline.preferences', JSON.stringify({ theme: 'contrast', locale: 'en' })),
    );
    await page.emulateMedia({ colorScheme });
    for (const [, address, ready] of screens.slice(0, 3)) {
      await page.goto(address);
      await ready(page);
      expect(await stumbles(page)).toEqual([]);
    }
    await page.goto(`/inbox/all/${ticketId}`);
    await page.getByTitle(/^Mail of/).waitFor();
    expect(await stumbles(page)).toEqual([]);
  }),
);
