import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admin } from '../running-desk.ts';
import { inWindow, signIn } from './browser.ts';
import { openConversation } from './inbox-window.ts';
import { beginJourney, until } from './journey.ts';
import { mailIn } from './mail.ts';
import { type OwnDesk, openOwnDesk } from './own-desk.ts';

/** One red point. */
const gif = Buffer.from('R0lGODdhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=', 'base64');
const asked: http.IncomingMessage[] = [];
const elsewhere = http.createServer((request, response) => {
  asked.push(request);
  if (request.url === '/gone.gif') response.writeHead(404).end();
  else response.end(gif);
});

let desk: OwnDesk;
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  desk = await openOwnDesk({ OUTBOUND_ALLOW: '127.0.0.1' });
});
afterAll(async () => {
  await desk.close();
  elsewhere.close();
});

it('pictures from elsewhere wait until they are asked for, and then the desk fetches them', async () => {
  const my = beginJourney(desk.doors, 'pictures');
  const names = ['seen.gif?who=nina&n=1', 'gone.gif'];
  const html = `<p>Look:</p>${names.map((name) => `<img src="${base}/${name.replace('&', '&amp;')}" alt="">`).join('')}`;
  const from = 'Nina <nina@customers.example>';
  const id = await mailIn(my, { from, subject: `Pictures ${my.tag}`, html });
  await inWindow(my, async (page) => {
    const own: string[] = [];
    page.on('request', (request) => own.push(request.url()));
    await signIn(page, admin);
    const thread = await openConversation(page, { id });
    await thread.getByText('2 pictures from elsewhere are not loaded').waitFor();
    const mail = thread.frameLocator('iframe').first();
    await mail.getByText('Look:').waitFor();
    expect(await mail.locator('img').count()).toBe(0);
    expect(asked).toEqual([]);

    await thread.getByRole('button', { name: 'Show them' }).click();
    await thread.getByText('fetched by the desk').waitFor();
    const seen = mail.locator('img').first();
    await until('the picture', () => seen.evaluate((image: HTMLImageElement) => image.naturalWidth === 1));
    const gone = mail.locator('img').nth(1);
    await until('the other', () => gone.evaluate((image: HTMLImageElement) => image.complete));
    expect(await gone.getAttribute('alt')).toBe('[picture]');
    // Two at once come in either order.
    const told = asked.map(({ url, headers }) => [url, headers.referer, headers.cookie]);
    expect(new Set(told)).toEqual(new Set(names.map((name) => [`/${name}`, undefined, undefined])));
    expect(own.filter((url) => !url.startsWith(my.url))).toEqual([]);
  });
});
