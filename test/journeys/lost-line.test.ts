import { beforeAll, expect, inject, it } from 'vitest';
import { admin } from '../running-desk.ts';
import { inWindow, signIn, stumbles } from './browser.ts';
import { openConversation, replyBox } from './inbox-window.ts';
import { ask, beginJourney, type Journey } from './journey.ts';
import { openTicket } from './tickets.ts';

let my: Journey;
beforeAll(() => {
  my = beginJourney(inject('deskDoors'), 'ended');
});

it('a session that ends elsewhere says so, keeps what was written, and goes on where it was', () =>
  inWindow(my, async (page) => {
    const ticket = await openTicket(my, {
      subject: `Ended ${my.tag}`,
      requester: { email: `${my.tag}@customers.example` },
    });
    await signIn(page, admin);
    await openConversation(page, ticket);
    await replyBox(page).click();
    await page.keyboard.type('Half of a thought');
    // In another window of this browser.
    await page.evaluate(() =>
      fetch('/api/desk/v1/session', { method: 'DELETE', headers: { 'x-firstline-csrf': '1' } }),
    );
    await page.keyboard.type(' and the rest');
    const notice = page.getByRole('status').getByText('Your session has ended');
    await notice.waitFor();
    await page.keyboard.type('of it');
    expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe('');
    expect(await stumbles(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Email' }).fill(admin.email);
    await page.getByLabel('Password').fill(admin.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/inbox/all/${ticket.id}`));
    await replyBox(page).waitFor();
    expect(await replyBox(page).inputValue()).toMatch(/^Half of a thought/);
  }));

it('without a line, saving says so at once, keeps what was written, and happens once when it is tried again', () =>
  inWindow(my, async (page) => {
    const name = `Offline ${my.tag}`;
    const made = async () => {
      const { items } = await ask<{ items: { name: string }[] }>(my, 'GET', '/teams');
      return items.filter((team) => team.name === name).length;
    };
    await signIn(page, admin);
    await page.goto('/settings/people');
    await page.getByRole('button', { name: 'Add a team' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await page.context().setOffline(true);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').getByText('The desk did not answer').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe(name);
    await page.context().setOffline(false);
    await page.getByText('You are offline').waitFor({ state: 'hidden' });
    expect(await made()).toBe(0);
    await dialog.getByRole('button', { name: 'Save' }).dblclick();
    await dialog.waitFor({ state: 'hidden' });
    expect(await made()).toBe(1);
  }));
