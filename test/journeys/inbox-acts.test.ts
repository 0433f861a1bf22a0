// Longer than most: every act on a ticket and its way back, by two people at one desk.
import type { Page } from 'playwright-core';
import { beforeAll, expect, inject, it } from 'vitest';
import type { TimelineEntry } from '../../server/modules/tickets/contract.ts';
import { atDesk, inWindow, signIn, stumbles } from './browser.ts';
import {
  byMenu,
  choose,
  deafen,
  openConversation,
  openList,
  replyBox,
  said,
  untilTicket,
} from './inbox-window.ts';
import { ask as askDesk, beginJourney, day, type Journey, until } from './journey.ts';
import { outgoingOf } from './mail.ts';
import { type Colleague, hireAgent } from './people.ts';
import { changeTicket, getTicket, importHistory, openTicket, reply } from './tickets.ts';

let my: Journey;
let colleague: Colleague;
let asColleague: Journey;

beforeAll(async () => {
  my = beginJourney(inject('deskDoors'), 'acts');
  colleague = await hireAgent(my, 'Olga');
  asColleague = { ...my, token: colleague.token };
});

const ask = (subject: string, tag = my.tag) =>
  openTicket(my, {
    subject: `${subject} ${my.tag}`,
    requester: { email: `${my.tag}@customers.example`, name: 'Nina Novak' },
    channel: 'email',
    tags: [tag],
  });

async function importClosed(name: string, tags: string[]): Promise<number> {
  const at = `${day(-2)}T09:00:00Z`;
  const [id] = await importHistory(my, [
    {
      id: `${my.tag}-${name}`,
      subject: `${name} ${my.tag}`,
      createdAt: at,
      channel: 'email',
      customer: `${my.tag}@customers.example`,
      tags,
      events: [
        { at, type: 'message', author: 'customer', body: 'It was broken.' },
        { at: `${day(-2)}T10:00:00Z`, type: 'status', to: 'solved' },
        { at: `${day(-2)}T11:00:00Z`, type: 'status', to: 'closed' },
      ],
    },
  ]);
  return id as number;
}

it('a closed ticket goes on in a follow-up, and each shows the other', () =>
  atDesk(my, async (page) => {
    const id = await importClosed('Closed', [my.tag]);
    await openConversation(page, { id });
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: `Follow-up to ticket ${id}` });
    expect(await stumbles(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Message' }).fill('A new cup is on its way.');
    await dialog.getByRole('button', { name: 'Open and send' }).click();
    await page.getByText(`This follows ticket ${id}.`).waitFor();
    const later = Number(/(\d+)$/.exec(page.url())?.[1]);
    const [before, after] = [await getTicket(my, id), await getTicket(my, later)];
    expect(after).toMatchObject({ followUpOf: id, requesterId: before.requesterId, status: 'open' });
    expect(before.followUps).toEqual([later]);
    await page.getByRole('button', { name: `ticket ${id}` }).click();
    await page.getByText(`Followed up in ticket ${later}.`).waitFor();
  }));

it('what somebody wrote meanwhile is shown before anything is sent, and nothing is lost', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('Two of us');
    const thread = await openConversation(page, ticket);
    const hearAgain = await deafen(page);
    await reply(asColleague, ticket.id, { text: 'I have sent it already.' });
    await replyBox(page).fill('It leaves today.');
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog', { name: 'Somebody wrote while you did' });
    await dialog.getByText('I have sent it already.').waitFor();
    await dialog.getByText('It leaves today.').waitFor();
    expect(await stumbles(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Back to my text' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await replyBox(page).inputValue()).toBe('It leaves today.');
    expect(
      (await getTicket(my, ticket.id)).messages.filter((one) => one.authorKind === 'agent'),
    ).toHaveLength(1);

    await reply(asColleague, ticket.id, { text: 'By the morning train.' });
    await replyBox(page).fill('It leaves today, as Olga says.');
    await page.keyboard.press('Control+Enter');
    await dialog.getByText('By the morning train.').waitFor();
    await dialog.getByRole('button', { name: 'Send anyway' }).click();
    await hearAgain();
    await said(page, 'Sent');
    await thread.getByRole('article').filter({ hasText: 'as Olga says' }).waitFor();
    const { messages } = await getTicket(my, ticket.id);
    expect(messages.filter((one) => one.authorKind === 'agent').map(({ text }) => text)).toEqual([
      'I have sent it already.',
      'By the morning train.',
      'It leaves today, as Olga says.',
    ]);
  }));

/** What stands over the box; the same is spoken, too. */
const viewers = (page: Page, words: RegExp) => page.locator('p[title]').getByText(words);

it('colleagues on one ticket know of each other, and neither answers over the words of the other', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('Both at once');
    await openConversation(page, ticket);
    await inWindow(my, async (hers) => {
      await signIn(hers, colleague);
      await openConversation(hers, ticket);
      await viewers(page, /is looking at this$/).waitFor();
      await replyBox(page).fill('I am looking into it.');
      await viewers(hers, /is writing a reply$/).waitFor();
      await replyBox(hers).fill('It was sent yesterday.');
      await viewers(page, /is writing a reply$/).waitFor();
      expect(await stumbles(page)).toEqual([]);
      await hers.keyboard.press('Control+Enter');
      // Her words have come by the stream and stand above the box; that they were read is not known.
      await page.getByRole('article').filter({ hasText: 'It was sent yesterday.' }).waitFor();
      await page.keyboard.press('Control+Enter');
      const dialog = page.getByRole('dialog', { name: 'Somebody wrote while you did' });
      await dialog.getByText('It was sent yesterday.').waitFor();
      await dialog.getByRole('button', { name: 'Back to my text' }).click();
      await viewers(page, /is looking at this$/).waitFor();
      await replyBox(page).fill('As my colleague says.');
      await page.keyboard.press('Control+Enter');
      await said(page, 'Sent');
    });
    await viewers(page, /is looking at this$/).waitFor({ state: 'hidden' });
  }));

it('many are changed at once, undone at once, and who was refused is counted', () =>
  atDesk(my, async (page) => {
    const tag = `${my.tag}many`;
    const ids = [];
    for (const name of ['First', 'Second', 'Third']) ids.push((await ask(name, tag)).id);
    const list = await openList(page, `/inbox/open?sort=created&tag=${tag}`, 3);
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+J');
    await list
      .getByRole('row')
      .nth(2)
      .click({ modifiers: ['Shift'] });
    await page.getByRole('region', { name: 'Selected tickets' }).getByText('3 selected').waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.keyboard.press('p');
    await choose(page, 'urgent');
    await said(page, 'Priority: Urgent (3 tickets)');
    for (const id of ids) await untilTicket(my, id, 'an urgent ticket', (one) => one.priority === 'urgent');
    await page.keyboard.press('Control+Z');
    for (const id of ids) await untilTicket(my, id, 'the priority as it was', (one) => one.priority === null);

    const closed = await importClosed('Fourth', [tag]);
    await openList(page, `/inbox/all?sort=created&tag=${tag}`, 4);
    await page.keyboard.press('Control+A');
    await page.getByText('4 selected').waitFor();
    await page.keyboard.press('s');
    await choose(page, 'solved');
    await said(page, `Status: Solved (3 tickets). Ticket ${closed} was not changed.`);
    for (const id of ids) await untilTicket(my, id, 'a solved ticket', (one) => one.status === 'solved');
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    for (const id of ids) await untilTicket(my, id, 'a new ticket again', (one) => one.status === 'new');
    expect((await getTicket(my, closed)).status).toBe('closed');
  }));

it('whose change came first stands, and the other is told', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('Both at once');
    await openConversation(page, ticket);
    const hearAgain = await deafen(page);
    await changeTicket(asColleague, ticket.id, { priority: 'low' });
    await page.keyboard.press('p');
    await choose(page, 'high');
    await said(page, `${colleague.name} was first on ticket ${ticket.id}: Priority: Low.`);
    await page.getByRole('complementary').getByText('Low').waitFor();
    await hearAgain();
    expect((await getTicket(my, ticket.id)).priority).toBe('low');

    // Another property in between contradicts nothing.
    await changeTicket(asColleague, ticket.id, { type: 'incident' });
    await page.keyboard.press('p');
    await choose(page, 'high');
    await untilTicket(
      my,
      ticket.id,
      'both changes',
      (one) => one.priority === 'high' && one.type === 'incident',
    );
  }));

it('a reply that got no answer is kept, sent again once, and taken back within ten seconds', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('A bad line');
    await openConversation(page, ticket);
    // The desk takes the message, but its answer is lost on the way.
    await page.route('**/messages', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await replyBox(page).fill('Is it there?');
    await page.keyboard.press('Control+Enter');
    const failed = page.getByRole('alert').filter({ hasText: 'Not sent.' });
    await failed.waitFor();
    await page.unroute('**/messages');
    await byMenu(page, 'Send the failed message again');
    await failed.waitFor({ state: 'hidden' });
    const once = async () =>
      (await getTicket(my, ticket.id)).messages.filter(({ text }) => text === 'Is it there?');
    expect(await once()).toHaveLength(1);

    // At once, even before the desk has it: the reply before it is not meant.
    await replyBox(page).fill('This one was too quick.');
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('Control+Z');
    await said(page, 'Taken back; your words are in the box again');
    expect(await replyBox(page).inputValue()).toBe('This one was too quick.');
    const replies = (await outgoingOf(my, ticket.id)).filter(({ kind }) => kind === 'reply');
    expect(replies.filter(({ state }) => state === 'withdrawn')).toHaveLength(1);
  }));

it('a reply that solved leaves no trace when it is taken back under itself', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('Solved too soon');
    const thread = await openConversation(page, ticket);
    await replyBox(page).fill('That was all.');
    await page.keyboard.press('Control+Shift+Enter');
    const sent = thread.getByRole('article').filter({ hasText: 'That was all.' });
    await sent.getByRole('button', { name: 'Undo' }).waitFor();
    await untilTicket(my, ticket.id, 'solved', ({ status }) => status === 'solved');
    await sent.getByRole('button', { name: 'Undo' }).click();
    await said(page, 'Taken back; your words are in the box again');
    const { status, assigneeId, solvedAt } = await getTicket(my, ticket.id);
    expect({ status, assigneeId, solvedAt }).toEqual({ status: 'new', assigneeId: null, solvedAt: null });
    expect(await replyBox(page).inputValue()).toBe('That was all.');
    expect(await stumbles(page)).toEqual([]);
  }));

it('a solve and a claim by key leave no trace when they are taken back by key', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('Pressed by mistake');
    await openConversation(page, ticket);
    await page.keyboard.press('e');
    await untilTicket(my, ticket.id, 'solved', ({ status }) => status === 'solved');
    await page.keyboard.press('Control+z');
    await untilTicket(my, ticket.id, 'new again', ({ status }) => status === 'new');
    await page.keyboard.press('c');
    await untilTicket(my, ticket.id, 'claimed', ({ assigneeId }) => assigneeId !== null);
    await page.keyboard.press('Control+z');
    await untilTicket(my, ticket.id, 'free again', ({ assigneeId }) => assigneeId === null);
    const { status, solvedAt, waitingSince } = await getTicket(my, ticket.id);
    expect({ status, solvedAt, waitingSince }).toMatchObject({
      status: 'new',
      solvedAt: null,
      waitingSince: expect.any(String),
    });
    const { items } = await askDesk<{ items: TimelineEntry[] }>(my, 'GET', `/tickets/${ticket.id}/timeline`);
    const undoing = items.filter(({ data }) => Array.isArray(data.undoes));
    expect(undoing.map(({ type }) => type)).toEqual(['ticket.status_changed', 'ticket.assigned']);
    expect(await stumbles(page)).toEqual([]);
  }));

it('a reply that is taken back brings its files back, to this box and to the desk, and takes them along again', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('With a plan');
    await openConversation(page, ticket);
    const composer = page.getByRole('region', { name: 'Reply to the customer' });
    const files = composer.getByRole('list', { name: 'Files' });
    const plan = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('one lantern, then two') };
    await composer.locator('input[type=file]').setInputFiles(plan);
    // It can be removed as soon as the desk has it.
    await files.getByRole('button').waitFor();
    await replyBox(page).fill('The plan is attached.');
    await page.keyboard.press('Control+Enter');
    await files.waitFor({ state: 'detached' });
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await said(page, 'Taken back; your words are in the box again');
    await files.getByText('plan.txt').waitFor();
    expect(await replyBox(page).inputValue()).toBe('The plan is attached.');
    await until('the draft on the desk', async () => {
      const [draft] = (await getTicket(my, ticket.id)).drafts;
      return JSON.stringify(draft?.body ?? null).includes('plan.txt');
    });

    // Another browser of the same agent has them, too.
    await page.evaluate(() => localStorage.clear());
    await openConversation(page, ticket);
    await files.getByText('plan.txt').waitFor();
    await replyBox(page).focus();
    await page.keyboard.press('Control+Enter');
    await files.waitFor({ state: 'detached' });
    const sent = await until('the reply with its file', async () => {
      const last = (await getTicket(my, ticket.id)).messages.at(-1);
      return last?.delivery?.state === 'waiting' && last;
    });
    expect([sent.text, sent.attachments.map(({ fileName, size }) => [fileName, size])]).toEqual([
      'The plan is attached.',
      [['plan.txt', 21]],
    ]);
  }));

it('what is written on two devices is never written over unseen, and a desk that is away is said', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('At two desks');
    await openConversation(page, ticket);
    await replyBox(page).fill('Dear Nina,');
    const kept = (words: string) =>
      until(`the draft "${words}" on the desk`, async () => {
        const [draft] = (await getTicket(my, ticket.id)).drafts;
        return draft?.body.text === words;
      });
    await kept('Dear Nina,');
    await atDesk(my, async (other) => {
      await openConversation(other, ticket);
      expect(await replyBox(other).inputValue()).toBe('Dear Nina,');
      await replyBox(other).fill('Dear Nina, it is here.');
      await kept('Dear Nina, it is here.');
    });
    await replyBox(page).fill('Dear Nina, not yet.');
    await page.getByText('Another device has other words').waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take those' }).click();
    expect(await replyBox(page).inputValue()).toBe('Dear Nina, it is here.');

    const drafts = '**/api/desk/v1/tickets/*/drafts';
    await page.route(drafts, (route) => route.abort());
    await replyBox(page).fill('Dear Nina, it is here now.');
    await page.getByText('Kept on this device only.').waitFor();
    await page.unroute(drafts);
    await kept('Dear Nina, it is here now.');
    await page.getByText('Kept on this device only.').waitFor({ state: 'hidden' });
  }));

it('two windows that both began with an empty box do not write over each other', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('In two windows');
    await openConversation(page, ticket);
    const other = await page.context().newPage();
    await openConversation(other, ticket);
    await replyBox(page).fill('Dear Nina,');
    await until('the draft on the desk', async () => (await getTicket(my, ticket.id)).drafts.length === 1);
    await replyBox(other).fill('Hello,');
    await other.getByText('Another device has other words').waitFor();
    await other.getByRole('status').getByText('Dear Nina,').waitFor();
    expect(await replyBox(page).inputValue()).toBe('Dear Nina,');
    expect((await getTicket(my, ticket.id)).drafts[0]?.body.text).toBe('Dear Nina,');
  }));

it('why a ticket was changed is asked for quietly where it is changed, and told on its timeline', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('For a reason');
    await openConversation(page, ticket);
    const thread = page.getByRole('region', { name: 'Conversation' });
    const because = async (key: string, words: string, reason: string) => {
      await thread.focus();
      await page.keyboard.press(key);
      const picker = page.getByRole('dialog');
      await picker.getByRole('combobox').fill(words);
      await page.keyboard.press('Tab');
      await page.keyboard.type(reason);
      expect(await stumbles(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await picker.waitFor({ state: 'hidden' });
    };
    await because('p', 'Urgent', 'The shop is closed');
    await untilTicket(my, ticket.id, 'an urgent ticket', (one) => one.priority === 'urgent');
    await because('s', 'Solved', 'Said so on the phone');
    await untilTicket(my, ticket.id, 'a solved ticket', (one) => one.status === 'solved');
    const { items } = await askDesk<{ items: TimelineEntry[] }>(my, 'GET', `/tickets/${ticket.id}/timeline`);
    const told = items.filter(({ reason }) => reason).map(({ type, reason }) => [type, reason]);
    expect(told.slice(0, 2)).toEqual([
      ['ticket.priority_changed', 'The shop is closed'],
      ['ticket.status_changed', 'Said so on the phone'],
    ]);
    await byMenu(page, 'everything that happened');
    await thread.getByText('“Said so on the phone”').first().waitFor();
    // The reason is no hindrance to taking it back.
    await page.keyboard.press('Control+Z');
    await untilTicket(my, ticket.id, 'an unsolved ticket', (one) => one.status !== 'solved');
  }));

it('a new ticket that was begun is not dropped by one press', () =>
  atDesk(my, async (page) => {
    await ask('Here before');
    await openList(page, '/inbox/all', 1);
    await byMenu(page, 'New ticket');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Subject').fill('Half a thought');
    await page.keyboard.press('Escape');
    await dialog.getByRole('alert').getByText('Not opened yet').waitFor();
    expect(await dialog.getByLabel('Subject').inputValue()).toBe('Half a thought');
    expect(await stumbles(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }));

it('spam, deletion, merging and copies are done by name, and each has a way back', () =>
  atDesk(my, async (page) => {
    const ticket = await ask('Care');
    const other = await ask('Other');
    const is = (what: string, right: Parameters<typeof untilTicket>[3]) =>
      untilTicket(my, ticket.id, what, right);
    await openConversation(page, ticket);
    await byMenu(page, 'Mark as spam');
    await is('spam', (one) => one.spam);
    await openConversation(page, ticket);
    await byMenu(page, 'Not spam');
    await is('no spam', (one) => !one.spam);
    await byMenu(page, 'Delete');
    await is('a deleted ticket', (one) => one.deleted);
    await page.keyboard.press('Control+Z');
    await is('a ticket brought back', (one) => !one.deleted);

    await openConversation(page, ticket);
    await byMenu(page, 'Merge into');
    await page.getByLabel('Into the ticket with number').fill(String(other.id));
    await page.getByRole('button', { name: `Merge into ${other.id}` }).click();
    await is('a merged ticket', (one) => one.mergedInto === other.id);
    await byMenu(page, 'Separate again');
    await is('a ticket of its own', (one) => one.mergedInto === null);

    await byMenu(page, 'People in copy');
    await choose(page, `boss.${my.tag}@customers.example`);
    await said(page, /is in copy/);
    await page.keyboard.press('Escape');
    const copied = async () => (await getTicket(my, ticket.id)).ccs.map(({ email }) => email);
    // The screen says it at once; the desk has it a moment later.
    await expect.poll(copied, { timeout: 10_000 }).toEqual([`boss.${my.tag}@customers.example`]);
    await byMenu(page, 'People in copy');
    expect(await stumbles(page)).toEqual([]);
    await choose(page, 'boss');
    await said(page, /is out of copy/);
    await expect.poll(copied, { timeout: 10_000 }).toEqual([]);
  }));

it('a double click counts once', () =>
  atDesk(my, async (page) => {
    await page.goto('/settings/tokens');
    await page.getByLabel('Name').fill(my.tag);
    await page.getByRole('button', { name: 'Make a token' }).dblclick();
    await page.getByText('Copy it now').waitFor();
    const { items } = await askDesk<{ items: { name: string }[] }>(my, 'GET', '/api-tokens');
    expect(items.filter(({ name }) => name === my.tag)).toHaveLength(1);
    const revoke = page.getByRole('button', { name: 'Revoke' }).first();
    await revoke.dblclick();
    await page.getByRole('button', { name: 'Delete for good?' }).waitFor();
  }));
