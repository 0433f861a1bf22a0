import { expect, test } from 'vitest';
import { amountOf, secondsOf, unitOf } from './seconds.ts';

test('a target is shown in the largest unit that keeps it whole', () => {
  expect([45, 60, 90, 3600, 5400, 86_400, 604_800].map(unitOf)).toEqual([
    'seconds',
    'minutes',
    'seconds',
    'hours',
    'minutes',
    'days',
    'weeks',
  ]);
});

test('amount and unit give the seconds back', () => {
  for (const seconds of [1, 300, 3600, 172_800, 1_209_600]) {
    const unit = unitOf(seconds);
    expect(secondsOf(amountOf(seconds, unit), unit)).toBe(seconds);
  }
});
