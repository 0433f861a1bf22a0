import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import type { Mail } from '../../server/modules/channels/contract.ts';
import { atDesk } from './browser.ts';
import { ask, beginJourney, type Journey, query, until } from './journey.ts';
import { mailIn, sendMail } from './mail.ts';
import { collectedPayloads, hasCorpus, ownPayloads, sampleOf } from './payloads.ts';
import { layTripwire, liveParts } from './tripwire.ts';

const full = process.env.FIRSTLINE_FULL === '1';
const seed = Number(process.env.FIRSTLINE_SEED ?? 1);
/** Each mail carries four payloads: in its subject, its words, its sender's name and the name of its file. */
const places = 4;

it('our own payloads do nothing in any place of a mail', () => showAll(ownPayloads), 600_000);

it('collected payloads do nothing either', async ({ skip }) => {
  if (!hasCorpus) skip('the payloads of ../shared/data are absent');
  const all = collectedPayloads();
  await showAll(full ? all : sampleOf(all, 200, seed));
}, 3_600_000);

it('the tripwire tells of a payload that got through', () => {
  const my = beginJourney(inject('deskDoors'), 'tripwire');
  return atDesk(my, async (page) => {
    const trips = await layTripwire(page, my.url);
    await page.goto('/inbox/all');
    await page.getByRole('main').waitFor();
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=tripped()>'));
    expect(await liveParts(page)).toHaveLength(1);
    await until('a trip', async () => trips.length > 0);
  });
});

it('what means no harm looks as it was sent', async () => {
  const my = beginJourney(inject('deskDoors'), 'looks');
  const subject = `R&D <team> says: 5 > 3 && "fine" ${my.tag}`;
  const html = `<h2>Order <em>17</em></h2><p style="color:#aa0000">A <b>red</b> line, a
    <a href="https://shop.example/17?a=1&amp;b=2">link</a> &lt;script&gt; in words</p>
    <table><tr><td>one</td><td>two</td></tr></table><ul><li>first</li></ul>`;
  const id = await mailIn(my, {
    from: { name: `Zoë <3 O'Neil`, address: `${my.tag}@customers.example` },
    subject,
    html,
    attachments: [{ filename: 'план 2026 & résumé.pdf', content: Buffer.from('%PDF-1.4 nothing') }],
  });
  await atDesk(my, async (page) => {
    await page.goto(`/inbox/all/${id}`);
    await page.getByRole('heading', { name: subject }).waitFor();
    await page.getByText(`Zoë <3 O'Neil`).first().waitFor();
    await page.getByRole('link', { name: 'план 2026 & résumé.pdf' }).waitFor();
    const mail = page.frameLocator('iframe').first();
    expect(await mail.getByRole('heading', { name: 'Order 17' }).locator('em').innerText()).toBe('17');
    const line = mail.getByText('in words');
    expect(await line.innerText()).toContain('<script> in words');
    expect(await line.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(170, 0, 0)');
    expect(await line.locator('b').innerText()).toBe('red');
    const link = mail.getByRole('link', { name: 'link' });
    expect(await link.getAttribute('href')).toBe('https://shop.example/17?a=1&b=2');
    expect(await mail.getByRole('cell').allInnerTexts()).toEqual(['one', 'two']);
    expect(await mail.getByRole('listitem').allInnerTexts()).toEqual(['first']);
  });
});

async function showAll(payloads: readonly string[]): Promise<void> {
  const my = beginJourney(inject('deskDoors'), 'xss');
  // In full every payload stands in every place; in short each one in the next.
  const step = full ? 1 : places;
  const mails = Math.ceil(payloads.length / step);
  for (let n = 0; n < mails; n += 1) {
    const at = (place: number) => payloads[(n * step + (full ? 0 : place)) % payloads.length] ?? '';
    await sendMail(my, {
      from: { name: oneLine(at(0)), address: `${n}.${my.tag}@customers.example` },
      subject: oneLine(at(1)) || 'none',
      html: `<p>before ${my.tag}</p>${at(2)}`,
      attachments: [{ filename: oneLine(at(3)) || 'none', content: 'nothing', contentType: 'text/html' }],
    });
  }
  const tickets = await ticketsOf(my, mails);
  expect(tickets.length).toBeGreaterThan(mails * 0.8);
  await atDesk(my, async (page) => {
    const trips = await layTripwire(page, my.url);
    await page.goto('/inbox/all');
    const unread: number[] = [];
    for (const { ticketId, from } of tickets) {
      if (!(await show(page, ticketId, my.tag))) unread.push(ticketId);
      const live = await liveParts(page);
      const number = Number(from?.split('.')[0]);
      expect(
        { trips, live },
        `mail ${number}: ${payloads.slice(number * step, number * step + step).join('\n')}`,
      ).toEqual({
        trips: [],
        live: [],
      });
    }
    expect(unread).toEqual([]);
  });
}

const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 400);

/** Opens the ticket; answers whether the words before the payload are to be read. */
async function show(page: Page, ticketId: number, tag: string): Promise<boolean> {
  // Within the app, as a click does: loading it anew for each ticket would take most of the time.
  await page.evaluate((address) => window.history.pushState(null, '', address), `/inbox/all/${ticketId}`);
  await page.getByRole('main').getByText(`#${ticketId}`, { exact: true }).waitFor();
  await page.getByRole('article').first().waitFor();
  const words = (wanted: string) => {
    const frames = [...document.querySelectorAll('iframe')].flatMap((frame) => frame.contentDocument ?? []);
    return [document, ...frames].some((one) => one.body?.innerText.includes(wanted));
  };
  return page.waitForFunction(words, `before ${tag}`, { timeout: 8000 }).then(
    () => true,
    () => false,
  );
}

type Shown = { ticketId: number; from: string | null };

/** The tickets these mails became, once every one of them has a fate. */
function ticketsOf(my: Journey, mails: number): Promise<Shown[]> {
  return until(
    `a fate for ${mails} mails`,
    async () => {
      const read: Mail[] = [];
      for (let cursor = ''; ; ) {
        const address = `/mail/ledger?${query({ q: my.tag, limit: 100, ...(cursor ? { cursor } : {}) })}`;
        const page = await ask<{ items: Mail[]; nextCursor: string | null }>(my, 'GET', address);
        read.push(...page.items.filter(({ fate }) => fate !== 'received'));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      if (read.length < mails) return null;
      return read.flatMap(({ ticketId, from }) => (ticketId === null ? [] : [{ ticketId, from }]));
    },
    full ? 600 : 60,
  );
}
