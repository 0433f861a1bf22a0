import { expect, test } from 'vitest';
import { promiseOf } from './row-promise.tsx';

const hour = 3_600_000;
const start = Date.parse('2026-03-02T09:00:00Z');
const promises = (hours: number) => ({
  warnAt: new Date(start + hours * hour * 0.8).toISOString(),
  dueAt: new Date(start + hours * hour).toISOString(),
});
const stateAt = (hours: number, share: number, past = 0) =>
  promiseOf(promises(hours), start + hours * hour * share + past)?.state;

test.each([1, 8])('a promise of %s h is due from four fifths on, and late at its end', (hours) => {
  expect(stateAt(hours, 0.5)).toBe('running');
  expect(stateAt(hours, 0.8, -1)).toBe('running');
  expect(stateAt(hours, 0.8)).toBe('due');
  expect(stateAt(hours, 1, -1)).toBe('due');
  expect(stateAt(hours, 1)).toBe('late');
});

test('a promise whose warning never comes is late all the same; none is nothing', () => {
  const { dueAt } = promises(1);
  expect(promiseOf({ warnAt: null, dueAt }, start + 0.9 * hour)).toEqual({
    state: 'running',
    secondsLeft: 360,
  });
  expect(promiseOf({ warnAt: null, dueAt }, start + 2 * hour)).toEqual({ state: 'late', secondsLeft: -3600 });
  expect(promiseOf({ warnAt: null, dueAt: null }, start)).toBeNull();
});
