import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { request } from './request.ts';
import { closeStream, openStream, streamState, waitMs } from './stream.ts';

/** The desk: what it answers a stream with, or nothing while it is away. */
let desk: 'there' | 'away' | number = 'there';
let attempts: number[] = [];
let hangUp: () => void = () => undefined;
let page: EventTarget;
const view = { hidden: false };
const minute = 60_000;

const sign = (type: string) => page.dispatchEvent(new Event(type));
const phase = () => streamState.get().phase;

function answer(url: string): Response {
  if (desk === 'away') throw new TypeError('Failed to fetch');
  if (!url.includes('/stream'))
    return new Response('{}', { headers: { 'content-type': 'application/json' } });
  if (desk !== 'there') return new Response('', { status: desk });
  const body = new ReadableStream<Uint8Array>({
    start(line) {
      hangUp = () => line.close();
      line.enqueue(new TextEncoder().encode('event: ready\ndata: {"position":7}\n\n'));
    },
  });
  return new Response(body);
}

beforeEach(async () => {
  vi.useFakeTimers();
  page = new EventTarget();
  view.hidden = false;
  attempts = [];
  desk = 'there';
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', view);
  // Everyone draws the longest wait there is.
  vi.spyOn(Math, 'random').mockReturnValue(0.999);
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.includes('/stream')) attempts.push(Date.now());
    return answer(url);
  });
  openStream(7);
  await vi.advanceTimersByTimeAsync(0);
  expect(phase()).toBe('live');
});
afterEach(() => {
  closeStream();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The desk goes for so long that the waits have grown to their longest, and one of them has just begun. */
async function loseDesk(as: typeof desk = 'away'): Promise<void> {
  desk = as;
  hangUp();
  await vi.advanceTimersByTimeAsync(3 * minute);
  const before = attempts.length;
  while (attempts.length === before) await vi.advanceTimersByTimeAsync(50);
  expect(phase()).toBe('stale');
}

/** How long after now the next attempt was, ms. */
async function nextAttempt(): Promise<number> {
  const [now, before] = [Date.now(), attempts.length];
  while (attempts.length === before) await vi.advanceTimersByTimeAsync(50);
  return Math.round(((attempts.at(-1) ?? 0) - now) / 50) * 50;
}

test('waits grow to their longest and are never the same for all', () => {
  expect([0, 1, 3, 10].map((failed) => waitMs(failed, 30_000, () => 1))).toEqual([750, 1250, 4250, 30_250]);
  expect(waitMs(10, 30_000, () => 0)).toBe(250);
});

test('a page that is seen comes back within ten seconds without any sign, one that is not within thirty', async () => {
  await loseDesk();
  expect(await nextAttempt()).toBeLessThanOrEqual(10_250);
  view.hidden = true;
  await nextAttempt();
  expect(await nextAttempt()).toBeGreaterThan(20_000);
});

test.each(['online', 'focus', 'visibilitychange'])(
  'after %s it comes back within two seconds',
  async (type) => {
    await loseDesk();
    desk = 'there';
    sign(type);
    expect(await nextAttempt()).toBe(2000);
    expect(phase()).toBe('live');
  },
);

test('an answer of the desk is a sign, no answer is none', async () => {
  await loseDesk();
  await expect(request('POST', '/anything')).rejects.toThrow('No answer');
  expect(await nextAttempt()).toBeGreaterThan(9000);
  desk = 'there';
  await request('GET', '/anything');
  expect(await nextAttempt()).toBe(2000);
  expect(phase()).toBe('live');
});

test('many signs at once are one, and those who see the same one come at moments of their own', async () => {
  await loseDesk();
  vi.mocked(Math.random).mockReturnValueOnce(0.6).mockReturnValue(0.1);
  for (const type of ['online', 'focus', 'visibilitychange', 'focus']) sign(type);
  expect(await nextAttempt()).toBe(1200);
});

test('a sign never puts off what comes sooner anyway, and means nothing while the line is live', async () => {
  hangUp();
  await vi.advanceTimersByTimeAsync(0);
  sign('focus');
  expect(await nextAttempt()).toBeLessThanOrEqual(750);
  expect(phase()).toBe('live');
  const before = attempts.length;
  sign('focus');
  await vi.advanceTimersByTimeAsync(5000);
  expect(attempts).toHaveLength(before);
});

test('a desk that is there and refuses the stream is not pressed by its own answers', async () => {
  await loseDesk(429);
  const before = attempts.length;
  for (let second = 0; second < 60; second++) {
    await request('GET', '/anything');
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(attempts.length - before).toBeLessThanOrEqual(6);
});
