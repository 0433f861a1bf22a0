import { expect, inject, it } from 'vitest';
import { atDesk, stumbles } from './browser.ts';
import { beginJourney } from './journey.ts';
import { fateOf, sendMail } from './mail.ts';

const my = beginJourney(inject('deskDoors'), 'held-mail');

it('a mail that is held is counted below the views, shown with its cause in words, and let in from there', () =>
  atDesk(my, async (page) => {
    await page.goto(`${my.url}/inbox/open`);
    const subject = `Verify your email ${my.tag}`;
    await sendMail(my, { from: `no-reply@${my.tag}.example`, subject });
    expect(await fateOf(my, subject)).toMatchObject({ fate: 'suspended', cause: 'verification' });
    // Live: nothing was asked for anew.
    await page.getByRole('link', { name: /^Held mail \d+$/ }).click();
    const row = page.getByRole('listitem').filter({ hasText: subject });
    await row.getByText('a code to sign up elsewhere').waitFor();
    await page.getByRole('link', { name: /^Mail ledger \d+$/ }).waitFor();
    expect(await stumbles(page)).toEqual([]);
    await row.getByRole('button', { name: 'Let in' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await fateOf(my, subject)).toMatchObject({ fate: 'ticket' });
  }));
