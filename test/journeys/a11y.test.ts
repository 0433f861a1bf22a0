import { beforeAll, expect, inject, it } from 'vitest';
import { atDesk, inWindow, stumbles } from './browser.ts';
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
