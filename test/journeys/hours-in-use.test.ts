import { expect, inject, it } from 'vitest';
import { atDesk, stumbles } from './browser.ts';
import { said } from './inbox-window.ts';
import { makeInbox } from './inboxes.ts';
import { ask, beginJourney, until } from './journey.ts';

it('hours that an inbox goes by cannot be deleted, and the refusal names the inbox', async () => {
  const my = beginJourney(inject('deskDoors'), 'hours');
  const definition = { tz: 'Europe/Minsk', hours: { mon: [['09:00', '18:00']] } };
  const name = `Weekdays ${my.tag}`;
  const { id } = await ask<{ id: number }>(my, 'POST', '/schedules', { name, definition });
  const inbox = await makeInbox(my, 'repairs', { scheduleId: id });
  const exists = async () => {
    const { items } = await ask<{ items: { id: number }[] }>(my, 'GET', '/schedules?limit=100');
    return items.some((one) => one.id === id);
  };
  await atDesk(my, async (page) => {
    await page.goto('/settings/hours');
    await page.getByRole('button', { name }).click();
    const dialog = page.getByRole('dialog', { name });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.getByRole('button', { name: 'Delete for good?' }).click();
    await said(page, `These hours are used by ${inbox.name}. Give them other hours first.`);
    expect(await stumbles(page)).toEqual([]);
    expect(await exists()).toBe(true);

    await ask(my, 'PATCH', `/inboxes/${inbox.id}`, { scheduleId: null });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.getByRole('button', { name: 'Delete for good?' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await until('hours that are gone', async () => !(await exists()));
  });
});
