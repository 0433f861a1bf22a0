import { expect, test } from 'vitest';
import { exactPercent } from './exact-ratio.ts';

test('rounds once from whole numbers, half away from zero', () => {
  expect(exactPercent(23, 80)).toEqual({ tenths: 288 });
  expect(exactPercent(5, 8)).toEqual({ tenths: 625 });
  expect(exactPercent(120, 100)).toEqual({ tenths: 1200 });
});

test('all and nothing only when exactly so', () => {
  expect(exactPercent(9999, 10_000)).toEqual({ tenths: 1000, edge: 'under' });
  expect(exactPercent(1, 10_000)).toEqual({ tenths: 0, edge: 'over' });
  expect(exactPercent(7, 7)).toEqual({ tenths: 1000 });
  expect(exactPercent(0, 7)).toEqual({ tenths: 0 });
});
