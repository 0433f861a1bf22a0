import { describe, expect, it } from 'vitest';
import { parseSchedule, ScheduleError } from './schedule.ts';

const nine = [['09:00', '17:00']];

function faultsOf(input: unknown): string[] {
  try {
    parseSchedule(input);
    return [];
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    return error.issues.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe('parseSchedule', () => {
  it('fills what is left out, and freezes', () => {
    const schedule = parseSchedule({ tz: 'UTC', hours: { mon: nine } });
    expect(schedule).toEqual({ tz: 'UTC', hours: { mon: nine }, shifts: {}, breaks: {}, holidays: [] });
    expect(Object.isFrozen(schedule.hours.mon?.[0])).toBe(true);
  });

  it('reads `weekly` as `hours`', () => {
    expect(parseSchedule({ tz: 'UTC', weekly: { mon: nine }, holidays: [] }).hours).toEqual({ mon: nine });
  });

  it('gives the same object for the same content', () => {
    const read = () => parseSchedule({ tz: 'Asia/Tokyo', hours: { mon: nine } });
    expect(read()).toBe(read());
  });

  it('takes touching intervals, a week of nights, and a whole day', () => {
    const night = [['22:00', '06:00']];
    const week = { sun: night, mon: night, tue: night, wed: night, thu: night, fri: night, sat: night };
    expect(
      faultsOf({
        tz: 'UTC',
        hours: {
          mon: [
            ['09:00', '12:00'],
            ['12:00', '13:00'],
          ],
        },
      }),
    ).toEqual([]);
    expect(faultsOf({ tz: 'UTC', hours: week })).toEqual([]);
    expect(faultsOf({ tz: 'UTC', hours: { mon: [['00:00', '24:00']] } })).toEqual([]);
  });

  it.each([
    ['an unknown zone', { tz: 'Mars/Base', hours: {} }, /^tz: This is not a time zone/],
    ['an offset for a zone', { tz: '+03:00', hours: {} }, /^tz: This is not a time zone/],
    ['no hours', { tz: 'UTC' }, /^hours: /],
    ['both names of the week', { tz: 'UTC', hours: {}, weekly: {} }, /hours/],
    ['a day that is none', { tz: 'UTC', hours: { monday: nine } }, /monday/],
    [
      'an impossible time',
      { tz: 'UTC', hours: { mon: [['09:00', '18:60']] } },
      /^hours\.mon\.0\.1: A time of day/,
    ],
    [
      'an opening at 24:00',
      { tz: 'UTC', hours: { mon: [['24:00', '01:00']] } },
      /^hours\.mon\.0\.0: A time of day/,
    ],
    ['an empty interval', { tz: 'UTC', hours: { mon: [['09:00', '09:00']] } }, /^hours\.mon\.0: .*same time/],
    ['an empty break', { tz: 'UTC', hours: {}, breaks: { '2026-01-01': [['09:00', '09:00']] } }, /same time/],
    [
      'overlapping intervals',
      {
        tz: 'UTC',
        hours: {
          mon: [
            ['13:00', '18:00'],
            ['09:00', '13:01'],
          ],
        },
      },
      /^hours\.mon\.0: The interval overlaps the one at hours\.mon\.1/,
    ],
    [
      'a night that runs into the next morning',
      { tz: 'UTC', hours: { sat: [['22:00', '06:00']], sun: [['05:00', '08:00']] } },
      /^hours\.sun\.0: The interval overlaps the one at hours\.sat\.0/,
    ],
    [
      'overlapping shifts',
      {
        tz: 'UTC',
        hours: {},
        shifts: {
          '2026-01-01': [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
      /^shifts\.2026-01-01\.1: The interval overlaps/,
    ],
    ['a date that does not exist', { tz: 'UTC', hours: {}, holidays: ['2026-02-30'] }, /^holidays\.0: /],
    ['an unknown field', { tz: 'UTC', hours: {}, holiday: [] }, /holiday/],
    ['no object', null, /./],
  ])('refuses %s', (_, input, expected) => {
    const faults = faultsOf(input);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]).toMatch(expected);
  });
});
