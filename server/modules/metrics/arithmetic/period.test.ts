import { describe, expect, it } from 'vitest';
import { isoInstant, secondsBetween } from './instant.ts';
import { localDate, periodAround, splitPeriod, weekOf, windowOf } from './period.ts';
import { compareRunning, compareWindows } from './previous-period.ts';

const at = (text: string) => Date.parse(text);
const iso = ({ from, to }: { from: number; to: number }) => [isoInstant(from), isoInstant(to)];

describe('local periods', () => {
  it('follow the zone through a change of clocks', () => {
    expect(iso(windowOf({ from: '2026-10-25', to: '2026-10-26', tz: 'Europe/Berlin' }))).toEqual([
      '2026-10-24T22:00:00Z',
      '2026-10-25T23:00:00Z',
    ]);
  });

  it('begin after the gap where midnight is skipped', () => {
    expect(iso(windowOf({ from: '2026-04-24', to: '2026-04-25', tz: 'Africa/Cairo' }))[0]).toBe(
      '2026-04-23T22:00:00Z',
    );
  });

  it('know the day and the week of an instant', () => {
    expect(localDate(at('2026-03-01T18:20:00Z'), 'Asia/Kathmandu')).toBe('2026-03-02');
    expect(weekOf(at('2026-03-01T18:20:00Z'), 'Asia/Kathmandu', 'mon')).toEqual(['2026-03-02', '2026-03-09']);
    expect(weekOf(at('2026-03-01T18:10:00Z'), 'Asia/Kathmandu', 'mon')).toEqual(['2026-02-23', '2026-03-02']);
    expect(weekOf(at('2026-03-04T12:00:00Z'), 'UTC', 'sat')).toEqual(['2026-02-28', '2026-03-07']);
  });

  it('stand around an instant', () => {
    const quarter = periodAround(at('2026-05-20T12:00:00Z'), 'UTC', 'quarter', 'mon');
    expect(quarter).toEqual({ from: '2026-04-01', to: '2026-07-01', tz: 'UTC' });
    expect(periodAround(at('2026-05-20T12:00:00Z'), 'UTC', 'year', 'mon').from).toBe('2026-01-01');
  });

  it('split into units that are cut to the period', () => {
    const weeks = splitPeriod({ from: '2026-03-04', to: '2026-03-17', tz: 'UTC' }, 'week', 'mon');
    expect(weeks.map(({ from }) => from)).toEqual(['2026-03-04', '2026-03-09', '2026-03-16']);
    expect(weeks.at(-1)?.to).toBe('2026-03-17');
  });

  it('refuse an end before the beginning', () => {
    expect(() => windowOf({ from: '2026-03-02', to: '2026-03-01', tz: 'UTC' })).toThrow(RangeError);
  });
});

describe('the period before', () => {
  it('never reaches into the running one', () => {
    const { current, previous } = compareRunning(at('2026-03-31T12:00:00Z'), 'UTC', 'month');
    expect(previous.to).toBe(current.from);
    expect(isoInstant(previous.from)).toBe('2026-02-01T00:00:00Z');
  });

  it('ends at the same wall time across a change of clocks', () => {
    const { current, previous } = compareRunning(at('2026-03-31T10:00:00Z'), 'Europe/Berlin', 'week');
    expect(iso(previous)).toEqual(['2026-03-22T23:00:00Z', '2026-03-24T11:00:00Z']);
    expect(secondsBetween(current.from, current.to)).toBe(secondsBetween(previous.from, previous.to));
  });

  it('moves whole months by months and other stretches by days', () => {
    const later = at('2027-01-01T00:00:00Z');
    const month = compareWindows({ from: '2026-03-01', to: '2026-04-01', tz: 'UTC' }, later);
    expect(iso(month.previous)).toEqual(['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']);
    const stretch = compareWindows({ from: '2026-03-03', to: '2026-03-13', tz: 'UTC' }, later);
    expect(iso(stretch.previous)).toEqual(['2026-02-21T00:00:00Z', '2026-03-03T00:00:00Z']);
  });

  it('can keep the weekdays', () => {
    const later = at('2027-01-01T00:00:00Z');
    const { previous } = compareWindows(
      { from: '2026-03-03', to: '2026-03-13', tz: 'UTC' },
      later,
      'mon',
      true,
    );
    expect(iso(previous)).toEqual(['2026-02-17T00:00:00Z', '2026-02-27T00:00:00Z']);
  });
});
