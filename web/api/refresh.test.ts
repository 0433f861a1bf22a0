import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { queryClient } from './client.ts';
import { refreshSoon } from './refresh.ts';

let asked: { at: number; signal: AbortSignal }[] = [];
let answerMs = 0;
let stop: () => void = () => undefined;
let begun = 0;

/** A figure on screen, whose answer takes a while. */
beforeEach(async () => {
  vi.useFakeTimers();
  asked = [];
  const figure = new QueryObserver(queryClient, {
    queryKey: ['figures', 'volume'],
    queryFn: async ({ signal }) => {
      asked.push({ at: Date.now() - begun, signal });
      await new Promise((resolve) => setTimeout(resolve, answerMs));
      return asked.length;
    },
  });
  stop = figure.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(10_000);
  asked = [];
  begun = Date.now();
});
afterEach(async () => {
  stop();
  await vi.advanceTimersByTimeAsync(10_000);
  queryClient.clear();
  vi.useRealTimers();
});

/** So many events, evenly over so long. */
async function flood(count: number, overMs: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    refreshSoon(['figures']);
    await vi.advanceTimersByTimeAsync(overMs / count);
  }
}

test('a hundred events in a second are two questions', async () => {
  answerMs = 50;
  await flood(100, 1000);
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(2);
});

test('a long flood is about one question a second, the first at once and the last after its end', async () => {
  answerMs = 50;
  await flood(1000, 10_000);
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked.length).toBeLessThanOrEqual(13);
  expect(asked[0]?.at).toBeLessThanOrEqual(200);
  const last = asked.at(-1)?.at ?? 0;
  expect(last).toBeGreaterThanOrEqual(9990);
  expect(last).toBeLessThanOrEqual(11_000);
});

test('a slow answer is waited for, not given up', async () => {
  answerMs = 2500;
  await flood(1000, 10_000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.filter(({ signal }) => signal.aborted)).toEqual([]);
  expect(asked.length).toBeLessThanOrEqual(6);
  expect(asked.at(-1)?.at).toBeGreaterThanOrEqual(9990);
});

test('events far apart are each asked for', async () => {
  answerMs = 50;
  for (let i = 0; i < 3; i++) {
    refreshSoon(['figures']);
    await vi.advanceTimersByTimeAsync(3000);
  }
  expect(asked.map(({ at }) => at % 3000)).toEqual([150, 150, 150]);
});

test('an answer that never comes does not stop the rest', async () => {
  answerMs = 60_000;
  refreshSoon(['figures']);
  await vi.advanceTimersByTimeAsync(1000);
  refreshSoon(['figures']);
  await vi.advanceTimersByTimeAsync(6000);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(60_000);
});
