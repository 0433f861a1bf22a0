import { expect, test } from 'vitest';
import { addDays, daysOf, intervalOf } from './periods.ts';

const sunday = Date.parse('2026-11-22T22:30:00Z');

test('a day belongs to the zone of the desk, not to the reader', () => {
  expect(daysOf('today', sunday, 'UTC', 'monday')).toEqual({ from: '2026-11-22', to: '2026-11-23' });
  expect(daysOf('today', sunday, 'Asia/Taipei', 'monday')).toEqual({ from: '2026-11-23', to: '2026-11-24' });
});

test('a week begins on the day the desk chose', () => {
  expect(daysOf('week', sunday, 'UTC', 'monday')).toEqual({ from: '2026-11-16', to: '2026-11-23' });
  expect(daysOf('week', sunday, 'UTC', 'sunday')).toEqual({ from: '2026-11-22', to: '2026-11-29' });
  expect(daysOf('week', sunday, 'UTC', 'saturday')).toEqual({ from: '2026-11-21', to: '2026-11-28' });
});

test('what is over is the week and the month before', () => {
  const january = Date.parse('2027-01-04T12:00:00Z');
  expect(daysOf('last_week', january, 'UTC', 'monday')).toEqual({ from: '2026-12-28', to: '2027-01-04' });
  expect(daysOf('last_month', january, 'UTC', 'monday')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
});

test('months and quarters cross the year', () => {
  const december = Date.parse('2026-12-31T12:00:00Z');
  expect(daysOf('month', december, 'UTC', 'monday')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
  expect(daysOf('quarter', december, 'UTC', 'monday')).toEqual({ from: '2026-10-01', to: '2027-01-01' });
  expect(daysOf('days30', december, 'UTC', 'monday')).toEqual({ from: '2026-12-02', to: '2027-01-01' });
});

test('long periods are cut coarser', () => {
  const cut = (n: number) => intervalOf({ from: '2026-01-01', to: addDays('2026-01-01', n) });
  expect([1, 2, 7, 62, 63, 365, 800].map(cut)).toEqual([
    'hour',
    'hour',
    'day',
    'day',
    'week',
    'week',
    'month',
  ]);
});
