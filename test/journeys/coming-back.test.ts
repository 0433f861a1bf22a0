import { beforeAll, inject, it } from 'vitest';
import { atDesk } from './browser.ts';
import { openConversation } from './inbox-window.ts';
import { ask, beginJourney, type Journey } from './journey.ts';
import { figureUntil, openTicket } from './tickets.ts';

let my: Journey;
let requester: { email: string };
beforeAll(() => {
  my = beginJourney(inject('deskDoors'), 'back');
  requester = { email: `${my.tag}@customers.example` };
});

it('what was left for another screen is true when one comes back to it', () =>
  atDesk(my, async (page) => {
    const walk = (address: string) => page.evaluate((to) => history.pushState({}, '', to), address);
    const figures = `/dashboard?period=today&tag=${my.tag}`;
    const volume = page.getByRole('region', { name: 'Ticket volume' });
    const row = (subject: string) => page.getByRole('row', { name: new RegExp(`${subject} ${my.tag}`) });
    const open = (subject: string) => openTicket(my, { subject: `${subject} ${my.tag}`, requester });
    await open('First');
    await page.goto('/inbox/all');
    await row('First').waitFor();
    await walk(figures);
    await volume.getByText('1 ticket').waitFor();
    await open('Second');
    await volume.getByText('2 tickets').waitFor();
    await walk('/inbox/all');
    await row('Second').waitFor();
    await open('Third');
    await row('Third').waitFor();
    await figureUntil(my, 'ticket_volume', ({ value }) => value === 3);
    await walk(figures);
    await volume.getByText('3 tickets').waitFor();
  }));

it('the panel beside a ticket shows what else its customer asks, as it happens', () =>
  atDesk(my, async (page) => {
    const ticket = await openTicket(my, { subject: `Shown ${my.tag}`, requester });
    await openConversation(page, ticket);
    const panel = page.getByRole('complementary');
    await panel.getByRole('button', { name: new RegExp(`Third ${my.tag}`) }).waitFor();
    await openTicket(my, { subject: `Newest ${my.tag}`, requester });
    await panel.getByRole('button', { name: new RegExp(`Newest ${my.tag}`) }).waitFor();
    await ask(my, 'PATCH', `/customers/${ticket.requesterId}`, { name: `Renamed ${my.tag}` });
    await panel.getByText(`Renamed ${my.tag}`).first().waitFor();
  }));
