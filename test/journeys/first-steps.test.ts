import { afterAll, beforeAll, expect, it } from 'vitest';
import { admin } from '../running-desk.ts';
import { inWindow, signIn, stumbles } from './browser.ts';
import { ask, beginJourney, type Journey } from './journey.ts';
import { mailIn } from './mail.ts';
import { type OwnDesk, openOwnDesk } from './own-desk.ts';

let desk: OwnDesk;
let my: Journey;
beforeAll(async () => {
  desk = await openOwnDesk({ FIRSTLINE_INBOX_ADDRESS: 'support@localhost' });
  my = beginJourney(desk.doors, 'first-steps');
});
afterAll(() => desk.close());

it('a new desk says what comes next, takes it off when it is done, and is silent when all is', () =>
  inWindow(my, async (page) => {
    await signIn(page, admin);
    await page.goto('/inbox/open');
    const steps = page.getByRole('group').filter({ hasText: 'First steps' });
    // The relay that this desk was started with.
    await steps.getByText('1 of 7').waitFor();
    await steps.getByText('Send a first mail to support@localhost').waitFor();
    await steps.getByText(`The desk hears mail at ${my.smtp.host}:${my.smtp.port}`).waitFor();
    expect(await stumbles(page)).toEqual([]);
    await mailIn(my, {
      from: 'nina@customers.example',
      to: 'support@localhost',
      subject: 'The first',
      text: 'Good morning.',
    });
    await steps.getByText('2 of 7').waitFor();
    await ask(my, 'POST', '/staff', { name: 'Olga', email: 'olga@lantern.example' });
    await ask(my, 'POST', '/inboxes', { name: 'Shop', addresses: ['help@lantern-tea.com'] });
    await page.reload();
    await steps.getByText('4 of 7').waitFor();
    await steps.getByText('First steps').click();
    await steps.getByText('Customers read Firstline in mails; days are cut in UTC.').waitFor();
    await ask(my, 'PATCH', '/settings', { name: 'Lantern' });
    await steps.getByRole('link', { name: 'Say when you are open' }).click();
    await page.waitForURL(/\/settings\/hours/);
    const definition = { tz: 'Europe/Minsk', hours: { mon: [['09:00', '18:00']] } };
    const { id } = await ask<{ id: number }>(my, 'POST', '/schedules', { name: 'Weekdays', definition });
    await page.goto('/inbox/open');
    await steps.getByText('5 of 7').waitFor();
    await steps.getByText('First steps').click();
    // Hours that no inbox goes by change nothing yet.
    await steps.getByRole('link', { name: 'Say when you are open' }).click();
    await page.waitForURL(/\/settings\/inboxes/);
    const inboxes = await ask<{ items: { id: number }[] }>(my, 'GET', '/inboxes');
    await ask(my, 'PATCH', `/inboxes/${inboxes.items[0]?.id}`, { scheduleId: id });
    await page.goto('/inbox/open');
    await steps.getByText('6 of 7').waitFor();
    await steps.getByText('First steps').click();
    await steps.getByRole('link', { name: 'Promise a time to answer' }).click();
    await page.waitForURL(/\/settings\/sla/);
    const targets = [{ target: 'first_reply', priority: null, clock: 'calendar', seconds: 3600 }];
    await ask(my, 'POST', '/sla-policies', { name: 'Everyone', targets });
    await page.goto('/inbox/open');
    await page.getByRole('row').first().waitFor();
    await steps.waitFor({ state: 'detached' });
  }));

it('who wants none of what is left puts the steps away for the desk, and brings them back', () =>
  inWindow(my, async (page) => {
    const { items } = await ask<{ items: { id: number }[] }>(my, 'GET', '/sla-policies');
    for (const { id } of items) await ask(my, 'DELETE', `/sla-policies/${id}`);
    await signIn(page, admin);
    await page.goto('/inbox/open');
    const steps = page.getByRole('group').filter({ hasText: 'First steps' });
    await steps.getByText('6 of 7').waitFor();
    const hide = async () => {
      await steps.getByText('First steps').click();
      await steps.getByRole('button', { name: 'Hide these steps' }).click();
      await steps.waitFor({ state: 'detached' });
    };
    await hide();
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await steps.getByText('6 of 7').waitFor();
    await hide();
    await page.reload();
    await page.getByRole('row').first().waitFor();
    expect(await steps.count()).toBe(0);

    await page.goto('/settings/desk');
    await page.getByRole('checkbox', { name: 'Show admins the first steps' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').getByText('Saved').waitFor();
    await page.goto('/inbox/open');
    await steps.getByText('6 of 7').waitFor();
  }));
