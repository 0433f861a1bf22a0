import { expect, test } from 'vitest';
import { labelled, ticksOf } from './ticks.ts';

test('gridlines begin at zero, reach the highest value and stay few', () => {
  for (const unit of ['tickets', 'percent', 'seconds'] as const) {
    for (const highest of [0.4, 1, 7, 59, 84, 3601, 90_000, 12_345_678]) {
      const ticks = ticksOf(highest, unit);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest);
      expect(ticks.length, `${unit} ${highest}`).toBeLessThanOrEqual(8);
    }
  }
});

test('counts have whole gridlines, durations whole minutes, hours or days', () => {
  expect(ticksOf(3, 'tickets')).toEqual([0, 1, 2, 3]);
  expect(ticksOf(7000, 'seconds')).toEqual([0, 1800, 3600, 5400, 7200]);
  expect(ticksOf(100_000, 'seconds')).toEqual([0, 43_200, 86_400, 129_600]);
});

test('an empty chart still has a floor and a ceiling', () => {
  expect(ticksOf(0, 'tickets')).toEqual([0, 1]);
});

test('time labels keep their distance and the last is among them', () => {
  expect([...labelled(7, 700, 50)]).toHaveLength(7);
  const few = labelled(30, 300, 50);
  expect(few.size).toBe(6);
  expect(few.has(29)).toBe(true);
});
