import type { Locator, Page } from 'playwright-core';
import type { Ticket } from '../../server/modules/tickets/contract.ts';
import { type Journey, until } from './journey.ts';
import { getTicket } from './tickets.ts';

/** Opens one ticket in the console, and waits until it can be read. */
export async function openConversation(page: Page, ticket: Pick<Ticket, 'id'>): Promise<Locator> {
  await page.goto(`/inbox/all/${ticket.id}`);
  const thread = page.getByRole('region', { name: 'Conversation' });
  await thread.getByRole('article').first().waitFor();
  return thread;
}

/** A list with the focus on its rows, once it shows so many. */
export async function openList(page: Page, address: string, rows: number): Promise<Locator> {
  await page.goto(address);
  const list = page.getByRole('grid');
  await list
    .getByRole('row')
    .nth(rows - 1)
    .waitFor();
  await list.focus();
  return list;
}

export const replyBox = (page: Page): Locator =>
  page.getByRole('region', { name: 'Reply to the customer' }).getByRole('textbox');

/** What the desk says at the foot of the screen. */
export const said = (page: Page, words: string | RegExp): Promise<void> =>
  page.getByRole('status').getByText(words).first().waitFor();

/** Does something by its name, as one who does not know its key. */
export async function byMenu(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+K');
  const menu = page.getByRole('dialog', { name: 'Command menu' });
  await menu.getByRole('combobox').fill(words);
  await menu.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'hidden' });
}

/** Chooses in the floating list that a key has opened. */
export async function choose(page: Page, words: string): Promise<void> {
  const picker = page.getByRole('dialog');
  await picker.getByRole('combobox').fill(words);
  await picker.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}

export const untilTicket = (
  my: Journey,
  id: number,
  what: string,
  right: (ticket: Ticket) => boolean,
): Promise<Ticket> =>
  until(what, async () => {
    const ticket = await getTicket(my, id);
    return right(ticket) && ticket;
  });

/** Keeps this page from hearing what others do, as a lost connection would. */
export async function deafen(page: Page): Promise<() => Promise<void>> {
  const reads = /\/api\/desk\/v1\/(tickets|views|stream)/;
  await page.route(reads, (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  return () => page.unroute(reads);
}

/** Where the keyboard is; nowhere is never right. */
export const hasFocus = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body);
