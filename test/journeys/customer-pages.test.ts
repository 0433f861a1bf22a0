import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../server/platform/db/database.ts';
import { admin } from '../running-desk.ts';
import { inWindow, signIn, stumbles } from './browser.ts';
import { openConversation, said } from './inbox-window.ts';
import { ask, beginJourney, type Journey, until } from './journey.ts';
import { mailIn, type Outgoing, rawOutgoing } from './mail.ts';
import { type OwnDesk, openOwnDesk } from './own-desk.ts';
import { getTicket, reply } from './tickets.ts';

let desk: OwnDesk;
let my: Journey;
let own: number;
let foreign: number;
const email = 'nina@customers.example';

beforeAll(async () => {
  desk = await openOwnDesk();
  my = beginJourney(desk.doors, 'requests');
  own = await mailIn(my, { from: `Nina Novak <${email}>`, subject: 'My lantern is dim' });
  foreign = await mailIn(my, { from: 'Omar <omar@customers.example>', subject: 'Not for Nina' });
});
afterAll(() => desk.close());

/** Asks for a link on the page, as a customer does, and reads the mail that comes. */
async function mailedToken(page: Page): Promise<string> {
  const before = new Set((await links()).map(({ id }) => id));
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('status').getByText('a link is on its way').waitFor();
  const mail = await until('a mailed link', async () => (await links()).find(({ id }) => !before.has(id)));
  // A long line of a mail goes on in the next.
  const raw = (await rawOutgoing(my, mail.id)).replaceAll('=\r\n', '');
  const token = /\/hc\/en\/signin#([\w-]{20,})/.exec(raw)?.[1];
  if (!token) throw new Error('the mail holds no link');
  return token;
}

const links = async (): Promise<Outgoing[]> => {
  const { items } = await ask<{ items: Outgoing[] }>(my, 'GET', '/outbox');
  return items.filter(({ kind, to }) => kind === 'link' && to.includes(email));
};

const requestLinks = (page: Page) => page.getByRole('main').getByRole('listitem').getByRole('link');

/** In the window that asked for it, where only what stands behind the # changes. */
async function follow(page: Page, token: string): Promise<void> {
  await page.goto(`/hc/en/signin#${token}`);
}

it('a customer signs in by a mailed link, reads what is theirs, and answers; the agent sees it at once', () =>
  inWindow(my, async (page) => {
    await page.goto('/hc/en/requests');
    await page.waitForURL('**/hc/en/signin');
    expect(await stumbles(page)).toEqual([]);
    const token = await mailedToken(page);
    await follow(page, token);
    await page.waitForURL('**/hc/en/requests');
    await page.getByText('Nina Novak').waitFor();
    await requestLinks(page).first().waitFor();
    expect(await requestLinks(page).allTextContents()).toEqual(['My lantern is dim']);
    expect(await stumbles(page)).toEqual([]);

    await reply(my, own, { text: 'Between us: it is the wick.', public: false });
    await reply(my, own, { text: 'Have you trimmed the wick?' });
    await requestLinks(page).first().click();
    await page.getByRole('main').getByRole('listitem').first().waitFor();
    // Until it has left, it can be taken back.
    expect(await page.getByText('Have you trimmed the wick?').count()).toBe(0);
    await until('the mail', async () =>
      desk.relay.taken.some(({ data, to }) => to.includes(email) && data.includes('trimmed the wick')),
    );
    await page.reload();
    await page.getByText('Have you trimmed the wick?').waitFor();
    expect(await page.getByText('Between us').count()).toBe(0);
    expect(await stumbles(page)).toEqual([]);
    await inWindow(my, async (agents) => {
      await signIn(agents, admin);
      const thread = await openConversation(agents, { id: own });
      await page.getByLabel('Your answer').fill('Yes, and it is still dim.');
      await page.reload();
      await page.getByLabel('Your answer').waitFor();
      expect(await page.getByLabel('Your answer').inputValue()).toBe('Yes, and it is still dim.');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await said(page, 'Sent');
      await page.getByRole('listitem').getByText('Yes, and it is still dim.').waitFor();
      await thread.getByText('Yes, and it is still dim.').waitFor();
    });
    const answer = (await getTicket(my, own)).messages.at(-1);
    expect(answer).toMatchObject({ authorKind: 'customer', authorName: 'Nina Novak', public: true });

    await page.goto(`/hc/en/requests/${foreign}`);
    await page.getByText('It is not here, or you may not see it.').waitFor();
    expect(await page.getByText('Not for Nina').count()).toBe(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/hc/en/signin');
    await page.goto(`/hc/en/requests/${own}`);
    await page.waitForURL('**/hc/en/signin');

    // The link worked once.
    await follow(page, token);
    await spent(page);
  }));

const spent = (page: Page) =>
  page.getByRole('alert').getByText('This link was used already or is too old. Ask for a new one.').waitFor();

it('strangers see whose page it is, before and after its scripts have run', () =>
  inWindow(my, async (page) => {
    const name = 'Lantern <Tea> & "Pots" $&';
    await ask(my, 'PATCH', '/settings', { name });
    const source = await (await page.request.get('/hc/en/signin')).text();
    expect(source).toContain('<title>Lantern &lt;Tea&gt; &amp; &quot;Pots&quot; $&amp;</title>');
    for (const [address, title] of [
      ['/hc/en/signin', 'See your requests'],
      ['/sign-in', 'Sign in'],
      ['/password#invitation', 'Choose your password'],
    ]) {
      await page.goto(address as string);
      await page.getByRole('banner').getByText(name).waitFor();
      expect(await page.title()).toBe(`${title} · ${name}`);
      expect(await page.getByText('Firstline').count()).toBe(0);
    }
  }));

it('a link that is nobody’s, or too old, says so and offers another', () =>
  inWindow(my, async (page) => {
    await page.goto('/hc/en/signin#nobodys-link-0123456789abcdefghijklmnop');
    await spent(page);
    expect(await stumbles(page)).toEqual([]);
    const old = await mailedToken(page);
    await desk.db.write(
      sql`update mail_links set expires_at = now() - interval '1 second' where used_at is null`,
    );
    await follow(page, old);
    await spent(page);
    await follow(page, await mailedToken(page));
    await page.waitForURL('**/hc/en/requests');
    await page.getByText('Nina Novak').waitFor();

    // A session that ends while a page is open leads to the door.
    await requestLinks(page).first().waitFor();
    const other = await page.context().newPage();
    await other.goto('/hc/en/requests');
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.waitForURL('**/hc/en/signin');
    await requestLinks(page).first().click();
    await page.waitForURL('**/hc/en/signin');
  }));

it('nobody learns from the page who is a customer here', () =>
  inWindow(my, async (page) => {
    await page.goto('/hc/en/signin');
    await page.getByLabel('Email').fill('stranger@elsewhere.example');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page
      .getByRole('status')
      .getByText('If this address has written to us, a link is on its way.')
      .waitFor();
    const { items } = await ask<{ items: Outgoing[] }>(my, 'GET', '/outbox');
    expect(items.filter(({ to }) => to.includes('stranger@elsewhere.example'))).toEqual([]);
  }));
