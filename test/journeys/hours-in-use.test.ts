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

it('days off are a list: pasted, written, put right and removed by keys alone', async () => {
  const my = beginJourney(inject('deskDoors'), 'days-off');
  const name = `Shop ${my.tag}`;
  const definition = { tz: 'Europe/Minsk', hours: { mon: [['09:00', '18:00']] }, holidays: ['2027-01-01'] };
  const { id } = await ask<{ id: number }>(my, 'POST', '/schedules', { name, definition });
  await atDesk(my, async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/settings/hours');
    await page.getByRole('button', { name }).click();
    const dialog = page.getByRole('dialog', { name });
    const row = (n: number) => dialog.getByLabel(`Day off ${n}`, { exact: true });
    const type = (words: string) => page.keyboard.type(words);
    expect(await row(1).inputValue()).toBe('2027-01-01');
    await row(1).focus();
    await page.keyboard.press('Enter');
    await page.evaluate(() =>
      navigator.clipboard.writeText('25.12.2026 Christmas\nEaster Monday\n2027-05-01'),
    );
    await page.keyboard.press('Control+V');
    expect(await row(2).inputValue()).toBe('2026-12-25');
    expect(await row(3).inputValue()).toBe('Easter Monday');
    await dialog.getByText('Write dates as 2026-01-31').waitFor();
    expect(await row(3).getAttribute('aria-invalid')).toBe('true');
    expect(await stumbles(page)).toEqual([]);

    // Refused, and nothing of it is lost.
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await row(4).inputValue()).toBe('2027-05-01');
    await row(3).focus();
    await page.keyboard.press('Control+A');
    await type('2027-3-29');
    await page.keyboard.press('Tab');
    expect(await row(3).inputValue()).toBe('2027-03-29');
    // On its own remove button now; the row after it takes its place, and the focus.
    await page.keyboard.press('Enter');
    await until('focus in the next row', () => row(3).evaluate((field) => field === document.activeElement));
    expect(await row(3).inputValue()).toBe('2027-05-01');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
  });
  const kept = await ask<{ definition: { holidays: string[] } }>(my, 'GET', `/schedules/${id}`);
  expect(kept.definition.holidays).toEqual(['2026-12-25', '2027-01-01', '2027-05-01']);
});
