import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { readNetworks } from '../../platform/outbound/public-address.ts';
import { sendMessage } from './send-message.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const asked: http.IncomingMessage[] = [];
const elsewhere = http.createServer((request, response) => {
  asked.push(request);
  if (request.url?.startsWith('/gone')) response.writeHead(404).end();
  else if (request.url?.startsWith('/page')) response.setHeader('content-type', 'image/png').end('<svg/>');
  else response.end(png);
});

let cast: Cast;
let base = '';
beforeAll(async () => {
  cast = await openCast();
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  cast.desk.config.outboundAllow = readNetworks('127.0.0.1');
});
afterAll(async () => {
  elsewhere.close();
  await cast.desk.close();
});

async function messageWith(html: string, quote: string | null = null): Promise<number> {
  const ticketId = await cast.open();
  const message = { text: 'See', html: '<p>See</p>' };
  const { messageId } = await cast.desk.run({ kind: 'system', id: null }, (cx) =>
    sendMessage(cx, { ticketId, author: 'agent', authorId: cast.ben, public: true, message }),
  );
  await cast.desk.db.write(
    sql`update messages set html = ${html}, quote_html = ${quote} where id = ${messageId}`,
  );
  return messageId;
}

const pictureOf = (who: number | null, message: number, source: string) =>
  cast.call(who, 'GET', `/messages/${message}/pictures?source=${encodeURIComponent(source)}`);

it('is fetched for a reader who asks, without a word of who asks', async () => {
  asked.length = 0;
  const source = `${base}/a.png?to="lena"&n=1`;
  const written = source.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const message = await messageWith(`<p><img data-firstline-src="${written}" /></p>`);
  const { status, body } = await pictureOf(cast.ben, message, source);
  expect(status).toBe(200);
  expect(body.rawPayload.equals(png)).toBe(true);
  expect(body.headers).toMatchObject({
    'content-type': 'image/png',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=600',
  });
  expect(asked.map(({ headers }) => [headers.cookie, headers.referer, headers.authorization])).toEqual([
    [undefined, undefined, undefined],
  ]);
  const quoted = await messageWith('<p>x</p>', `<img data-firstline-src="${base}/q.png" />`);
  expect((await pictureOf(cast.ben, quoted, `${base}/q.png`)).status).toBe(200);
});

it('is fetched for nobody who may not read the message, and only if the message shows it', async () => {
  asked.length = 0;
  const source = `${base}/b.png`;
  const message = await messageWith(`<img data-firstline-src="${source}" />`);
  const answers = [
    await pictureOf(null, message, source),
    await pictureOf(cast.ben, message, `${base}/other.png`),
    await pictureOf(cast.ben, message + 999_999, source),
    await pictureOf(cast.ben, message, ''),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 404, 404, 400]);
  expect(asked).toEqual([]);
});

it('says why none comes', async () => {
  const sources = [`${base}/gone.png`, `${base}/page.png`, 'http://169.254.169.254/latest/meta-data'];
  const message = await messageWith(sources.map((one) => `<img data-firstline-src="${one}" />`).join(''));
  const words: string[] = [];
  for (const source of sources) {
    const { status, body } = await pictureOf(cast.ben, message, source);
    expect([status, body.error.code]).toEqual([502, 'picture_unavailable']);
    words.push(body.error.message);
  }
  expect(words).toEqual([
    'The picture cannot be shown: it answered 404.',
    'The picture cannot be shown: what came is no picture.',
    'The picture cannot be shown: this address is not public.',
  ]);
});
