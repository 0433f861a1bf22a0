import { expect, inject, it } from 'vitest';
import { atDesk, stumbles } from './browser.ts';
import { openConversation } from './inbox-window.ts';
import { beginJourney, until } from './journey.ts';
import { fateOf, mailIn, outgoingMail, sendMail } from './mail.ts';
import { getTicket, reply } from './tickets.ts';

const my = beginJourney(inject('deskDoors'), 'unproved');
const from = `Nina Novak <${my.tag}@customers.example>`;

it('a mail that proves nothing stands apart, says which ticket it names, and is merged with one click', () =>
  atDesk(my, async (page) => {
    const first = await mailIn(my, { from, subject: `My parcel ${my.tag}` });
    const subject = `Re: My parcel ${my.tag} [#${first}]`;
    const apart = await mailIn(my, { from, subject, cc: 'evil@attacker.example', text: 'The blue one.' });
    expect(apart).not.toBe(first);
    expect(await fateOf(my, subject)).toMatchObject({ cause: 'set_apart', detail: `#${first}` });

    await openConversation(page, { id: apart });
    const notice = page.getByText(`This mail names ticket ${first}, but nobody has proved who sent it.`);
    await notice.waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.getByRole('button', { name: `Merge into ${first}` }).click();
    await until('one conversation', async () => {
      const { messages } = await getTicket(my, first);
      return messages.some(({ text }) => text === 'The blue one.');
    });
    await notice.waitFor({ state: 'detached' });
    await reply(my, first, { text: 'It leaves today.' });
    expect(await outgoingMail(my, first, 'reply')).toMatchObject({
      to: [`${my.tag}@customers.example`],
      cc: [],
    });
  }));

it('once somebody has answered it where it stands, nothing is asked any more', () =>
  atDesk(my, async (page) => {
    const first = await mailIn(my, { from, subject: `My teapot ${my.tag}` });
    const apart = await mailIn(my, { from, subject: `Re: My teapot ${my.tag} [#${first}]` });
    await reply(my, apart, { text: 'We look at it here.' });
    await openConversation(page, { id: apart });
    await page.getByRole('article').filter({ hasText: 'We look at it here.' }).waitFor();
    expect(await page.getByText('nobody has proved who sent it').count()).toBe(0);
  }));

it('an unproved mail brings nobody into copy, and shows whom it went to', () =>
  atDesk(my, async (page) => {
    const subject = `A friend ${my.tag}`;
    await sendMail(my, { from, subject, cc: 'friend@customers.example' });
    const { ticketId } = await fateOf(my, subject);
    expect((await getTicket(my, ticketId as number)).ccs).toEqual([]);
    await openConversation(page, { id: ticketId as number });
    await page.getByRole('article').getByText('friend@customers.example').waitFor();
  }));
