import { expect, test } from 'vitest';
import { eachBounded } from './bounded.ts';

test('never more than so many at once, and the results stand in the order of the items', async () => {
  let running = 0;
  let most = 0;
  const results = await eachBounded([5, 1, 4, 2, 3, 0], 2, async (turns) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    running -= 1;
    return turns * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30, 0]);
  expect(most).toBe(2);
});

test('an empty list is done at once', async () => {
  expect(await eachBounded([], 4, async () => 1)).toEqual([]);
});
