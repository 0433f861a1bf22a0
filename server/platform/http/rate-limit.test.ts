import { afterEach, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { openTestDesk } from '../../../test/desk.ts';
import { createRateLimiter } from './rate-limit.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function castOf(): Promise<Cast> {
  const cast = await openCast();
  open.push(cast.desk);
  return cast;
}

const url = '/api/desk/v1/settings';

it('lets a burst through, then as many as the limit, and says how long to wait', () => {
  let now = 0;
  const limiter = createRateLimiter(() => now);
  const left: number[] = [];
  for (let n = 0; n < 15; n++) {
    const { remaining, waitSeconds } = limiter.take('a', 60);
    expect(waitSeconds).toBeNull();
    left.push(remaining);
  }
  expect([left[0], left[14]]).toEqual([56, 0]);
  expect(limiter.take('a', 60).waitSeconds).toBe(1);
  expect(limiter.take('b', 60).waitSeconds).toBeNull();
  now += 1000;
  expect(limiter.take('a', 60).waitSeconds).toBeNull();
});

it('makes who guesses tokens wait, and nobody who has one', async () => {
  const cast = await castOf();
  const { app } = await cast.desk.http();
  const from = (remoteAddress: string, headers: Record<string, string>) =>
    app.inject({ url, remoteAddress, headers });
  const guess = (n: number, address = '203.0.113.5') => from(address, { authorization: `Bearer guess-${n}` });
  const statuses = new Set<number>();
  for (let n = 0; n < 40; n++) statuses.add((await guess(n)).statusCode);
  expect([...statuses]).toEqual([401, 429]);
  const refused = await guess(99);
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await from('203.0.113.5', cast.headersOf(cast.ben))).statusCode).toBe(200);
  expect((await guess(1, '203.0.113.6')).statusCode).toBe(401);
});

it('takes a guesser’s whole IPv6 network for one', async () => {
  const cast = await castOf();
  const { app } = await cast.desk.http();
  const guess = (n: number) =>
    app.inject({
      url,
      remoteAddress: `2001:db8:1:2::${n.toString(16)}`,
      headers: { authorization: `Bearer g${n}` },
    });
  let last = 0;
  for (let n = 1; n < 40; n++) last = (await guess(n)).statusCode;
  expect(last).toBe(429);
});

it('believes a forwarded address from a proxy of one’s own only', async () => {
  const seen = async (env: Record<string, string>) => {
    const desk = await openTestDesk({ env });
    open.push(desk);
    const { app } = await desk.http();
    let limited = 0;
    for (let n = 0; n < 40; n++) {
      const answer = await app.inject({
        url,
        remoteAddress: '10.0.0.7',
        headers: { authorization: `Bearer g${n}`, 'x-forwarded-for': `192.0.2.1, 203.0.113.${n}` },
      });
      if (answer.statusCode === 429) limited += 1;
    }
    return limited;
  };
  expect(await seen({})).toBeGreaterThan(0);
  expect(await seen({ TRUSTED_PROXIES: '10.0.0.0/8' })).toBe(0);
  expect(await seen({ TRUSTED_PROXIES: '10.1.0.0/16' })).toBeGreaterThan(0);
});
