import { expect, test } from 'vitest';
import { placeTip } from './tip.ts';

const view = { width: 400, height: 300 };
const tip = { width: 100, height: 20 };
const box = (left: number, top: number, size = 40) => ({ left, top, right: left + size, bottom: top + size });

test('a tip stands in the middle beside its anchor', () => {
  expect(placeTip(box(180, 100), tip, view, 'bottom')).toEqual({ left: 150, top: 146 });
  expect(placeTip(box(180, 100), tip, view, 'top')).toEqual({ left: 150, top: 74 });
  expect(placeTip(box(180, 100), tip, view, 'right')).toEqual({ left: 226, top: 110 });
  expect(placeTip(box(180, 100), tip, view, 'left')).toEqual({ left: 74, top: 110 });
});

test('without room it stands on the other side', () => {
  expect(placeTip(box(180, 250), tip, view, 'bottom').top).toBe(224);
  expect(placeTip(box(4, 100), tip, view, 'left').left).toBe(50);
});

test('it never leaves the screen', () => {
  expect(placeTip(box(0, 100), tip, view, 'bottom').left).toBe(8);
  expect(placeTip(box(380, 100), tip, view, 'bottom').left).toBe(292);
});
