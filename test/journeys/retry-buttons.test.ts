import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Staff } from '../../server/modules/staff/contract.ts';
import { sql } from '../../server/platform/db/database.ts';
import { admin } from '../running-desk.ts';
import { inWindow, signIn, stumbles } from './browser.ts';
import { openConversation, said } from './inbox-window.ts';
import { ask, beginJourney, type Journey, until } from './journey.ts';
import { type OwnDesk, openOwnDesk } from './own-desk.ts';
import { openTicket, reply } from './tickets.ts';

let desk: OwnDesk;
let my: Journey;

beforeAll(async () => {
  desk = await openOwnDesk();
  my = beginJourney(desk.doors, 'retry');
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.relay.script.length = 0;
  desk.relay.taken.length = 0;
});

const inDesk = (work: (page: Page) => Promise<void>) =>
  inWindow(my, async (page) => {
    await signIn(page, admin);
    await work(page);
  });

const rowOf = (page: Page, words: string) => page.getByRole('listitem').filter({ hasText: words });

/** A reply that the relay answers like this, once the ten seconds to take it back are over. */
async function refusedReply(subject: string, answer: string) {
  desk.relay.script.push({ at: 'RCPT', answer });
  const email = `${subject.toLowerCase()}.${my.tag}@customers.example`;
  const requester = { email };
  const ticket = await openTicket(my, { subject: `${subject} ${my.tag}`, requester, channel: 'email' });
  await reply(my, ticket.id, { text: 'It is on its way.' });
  return { ...ticket, email };
}

const takenFor = ({ email }: { email: string }) => desk.relay.taken.filter(({ to }) => to.includes(email));

/** Nothing waits to be sent any more, so nothing more goes out. */
const untilQuiet = () =>
  until('no more mail to send', async () => {
    const { left } = await desk.db.one<{ left: number }>(
      sql`select count(*) as left from jobs where kind = 'mail.send'`,
    );
    return left === 0;
  });

it('a mail refused for good says why, and goes out once when its button is pressed', () =>
  inDesk(async (page) => {
    const ticket = await refusedReply('Unknown', '550 5.1.1 no such user here');
    await page.goto('/settings/outbox');
    const row = rowOf(page, ticket.subject);
    await row.getByText('550 5.1.1 no such user here').waitFor();
    await row.getByText('failed', { exact: true }).waitFor();
    expect(takenFor(ticket)).toHaveLength(0);
    expect(await stumbles(page)).toEqual([]);
    await row.getByRole('button', { name: 'Try again' }).click();
    await said(page, 'It is being sent again');
    await row.getByText('sent', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
    await row.getByText('550').waitFor({ state: 'detached' });
    await untilQuiet();
    expect(takenFor(ticket)).toHaveLength(1);
  }));

it('a mail put off is sent at once when asked, and not a second time when its turn would have come', () =>
  inDesk(async (page) => {
    const ticket = await refusedReply('Greylisted', '451 4.7.1 come back later');
    await page.goto('/settings/outbox');
    const row = rowOf(page, ticket.subject);
    await row.getByText('will be tried again', { exact: true }).waitFor();
    await row.getByText('451 4.7.1 come back later').waitFor();
    await row.getByRole('button', { name: 'Try again' }).dblclick();
    await row.getByText('sent', { exact: true }).waitFor();
    await untilQuiet();
    expect(takenFor(ticket)).toHaveLength(1);
  }));

it('the conversation shows the refusal, too, and sends the mail again', () =>
  inDesk(async (page) => {
    const ticket = await refusedReply('Full', '552 5.2.2 mailbox full');
    const thread = await openConversation(page, ticket);
    await thread.getByText('552 5.2.2 mailbox full').waitFor();
    await thread.getByRole('button', { name: 'Try again' }).click();
    await thread.getByText('552 5.2.2 mailbox full').waitFor({ state: 'detached' });
    await until('the mail', async () => takenFor(ticket).length > 0);
    await untilQuiet();
    expect(takenFor(ticket)).toHaveLength(1);
  }));

it('a reply that only some got names who did not, and is tried for them alone', () =>
  inDesk(async (page) => {
    const subject = `Half ${my.tag}`;
    const email = `half.${my.tag}@customers.example`;
    const copy = `copy.${my.tag}@customers.example`;
    desk.relay.script.push({ at: 'RCPT', answers: { [email]: '550 5.1.1 no such user here' } });
    const ticket = await openTicket(my, { subject, requester: { email }, ccs: [copy], channel: 'email' });
    await reply(my, ticket.id, { text: 'To both of you.' });
    const thread = await openConversation(page, ticket);
    await thread.getByText('Did not reach everybody').waitFor();
    const missing = thread.getByRole('listitem').filter({ hasText: email });
    await missing.getByText('550 5.1.1 no such user here').waitFor();
    expect(desk.relay.taken.map(({ to }) => to)).toEqual([[copy]]);
    expect(await stumbles(page)).toEqual([]);

    await page.goto('/settings/outbox');
    const row = rowOf(page, subject);
    await row.getByText('partly failed', { exact: true }).waitFor();
    await row.getByText(email, { exact: true }).waitFor();
    expect(await stumbles(page)).toEqual([]);

    await openConversation(page, ticket);
    await thread.getByRole('button', { name: 'Try again' }).click();
    await missing.waitFor({ state: 'detached' });
    await until('the mail', async () => takenFor({ email }).length > 0);
    await untilQuiet();
    expect(desk.relay.taken.map(({ to }) => to)).toEqual([[copy], [email]]);
  }));

it('a job that gave up shows its reason, and does its work once when it is pressed again', () =>
  inDesk(async (page) => {
    const addresses = await desk.db.all<{ address: string; id: number }>(
      sql`delete from inbox_addresses returning address, inbox_id as id`,
    );
    const email = `nora.${my.tag}@lantern.example`;
    await ask<Staff>(my, 'POST', '/staff', { name: 'Nora', email });
    // It tries for an hour: this is the last of its tries.
    await until('a try', () =>
      desk.db.maybe(sql`select from jobs where kind = 'auth.mail_link' and attempts > 0`),
    );
    await desk.db.write(
      sql`update jobs set attempts = max_attempts - 1, run_at = now() where kind = 'auth.mail_link'`,
    );
    await page.goto('/settings/jobs');
    const row = rowOf(page, 'auth.mail_link');
    await until('a dead letter', async () => {
      if (await row.isVisible()) return true;
      await page.reload();
      await page.getByRole('heading', { name: 'Dead letters' }).waitFor();
      return false;
    });
    await row.getByText('a mail needs a sender and somebody to go to').waitFor();
    await row.getByText('12 tries').waitFor();
    expect(await stumbles(page)).toEqual([]);

    const [{ address, id } = { address: '', id: 0 }] = addresses;
    await ask(my, 'PATCH', `/inboxes/${id}`, { addresses: [address] });
    await row.getByRole('button', { name: 'Try again' }).click();
    await said(page, 'It will be tried again');
    await row.waitFor({ state: 'detached' });
    const links = () => takenFor({ email });
    await until('the link', async () => links().length > 0);
    await untilQuiet();
    expect(links()).toHaveLength(1);
  }));

/** An event whose payload is nothing, as no command writes it; answers how it is taken out again. */
async function poison(ticketId: number): Promise<() => Promise<unknown>> {
  const { id } = await desk.db.one<{ id: number }>(sql`
    with head as (update event_heads set seq = seq + 1 where ticket_id = ${ticketId} returning seq)
    insert into events (command_id, type, ticket_id, ticket_seq, actor_kind, at, data)
    select nextval('command_ids'), 'ticket.status_changed', ${ticketId}, seq, 'system', now(), 'null' from head
    returning id`);
  return () => desk.db.write(sql`delete from events where id = ${id}`);
}

it('a ticket that cannot be measured is named by every figure, and is back when it is mended and its button pressed', () =>
  inDesk(async (page) => {
    const subject = `Cracked ${my.tag}`;
    const ticket = await openTicket(my, {
      subject,
      requester: { email: `cracked.${my.tag}@customers.example` },
    });
    const mend = await poison(ticket.id);
    await until('it is set aside', () =>
      desk.db.maybe(sql`select from set_aside_tickets where ticket_id = ${ticket.id}`),
    );
    await page.goto('/dashboard?explain=ticket_volume');
    const drawer = page.getByRole('dialog', { name: 'Ticket volume' });
    const words = '1 ticket cannot be measured: until it can be, it is in no figure.';
    await page.getByRole('button', { name: words, includeHidden: true }).waitFor();
    await drawer.getByText(words).waitFor();
    await drawer.getByRole('link', { name: new RegExp(`#${ticket.id}.*${subject}`) }).waitFor();
    await drawer.getByRole('link', { name: 'Why, and try again: Settings' }).click();

    const row = rowOf(page, `#${ticket.id}`);
    await row.getByText('TypeError').waitFor();
    await row.getByText(/^\d+ (try|tries)$/).waitFor();
    await page.getByRole('cell', { name: '1 ticket set aside' }).waitFor();
    expect(await stumbles(page)).toEqual([]);
    await mend();
    await row.getByRole('button', { name: 'Try again' }).click();
    await said(page, 'It will be tried again');
    await row.waitFor({ state: 'detached' });
    await page.goto('/dashboard?explain=ticket_volume');
    await drawer.getByRole('link', { name: new RegExp(subject) }).waitFor();
    expect(await page.getByText(words).count()).toBe(0);
  }));
