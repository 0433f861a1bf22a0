import { describe, expect, it } from 'vitest';
import {
  addBusinessSeconds,
  businessSeconds,
  isOnBreak,
  isOpen,
  nextOpen,
  periodsAfter,
  periodsBefore,
  subtractBusinessSeconds,
} from './business-time.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

const hour = 3_600;
const office = everyWeekday([['09:00', '17:00']]);

function everyWeekday(day: [string, string][], tz = 'UTC', more: object = {}): Schedule {
  return parseSchedule({ tz, hours: { mon: day, tue: day, wed: day, thu: day, fri: day }, ...more });
}

function everyDay(day: [string, string][], tz: string, more: object = {}): Schedule {
  const hours = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
  return parseSchedule({ tz, hours, ...more });
}

function seconds(schedule: Schedule, from: string, to: string): number {
  return businessSeconds(schedule, new Date(from), new Date(to));
}

function dueAfter(schedule: Schedule, at: string, amount: number): string | null {
  return iso(addBusinessSeconds(schedule, new Date(at), amount));
}

function startBefore(schedule: Schedule, at: string, amount: number): string | null {
  return iso(subtractBusinessSeconds(schedule, new Date(at), amount));
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString().replace('.000Z', 'Z');
}

describe('an ordinary week', () => {
  it.each([
    ['inside one day', '2026-03-05T10:00:00Z', '2026-03-05T12:30:00Z', 2.5 * hour],
    ['over a weekend', '2026-03-05T16:00:00Z', '2026-03-09T10:00:00Z', 10 * hour],
    ['a weekend only', '2026-03-07T00:00:00Z', '2026-03-08T23:00:00Z', 0],
    ['a whole week', '2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z', 40 * hour],
    ['no time at all', '2026-03-05T10:00:00Z', '2026-03-05T10:00:00Z', 0],
    ['backwards', '2026-03-06T10:00:00Z', '2026-03-05T10:00:00Z', 0],
    ['before opening', '2026-03-05T01:00:00Z', '2026-03-05T09:00:00Z', 0],
    ['fractions of a second are cut off', '2026-03-05T10:00:00.900Z', '2026-03-05T10:00:02.100Z', 2],
    ['ten years', '2016-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 2_609 * 8 * hour],
  ])('%s', (_, from, to, expected) => {
    expect(seconds(office, from, to)).toBe(expected);
  });

  it.each([
    ['4 hours from Friday afternoon end on Monday', '2026-03-06T15:00:00Z', 4 * hour, '2026-03-09T11:00:00Z'],
    ['the rest of the day ends at closing', '2026-03-06T15:00:00Z', 2 * hour, '2026-03-06T17:00:00Z'],
    ['one second more is the next opening', '2026-03-06T15:00:00Z', 2 * hour + 1, '2026-03-09T09:00:01Z'],
    ['nothing, while open', '2026-03-06T15:00:00Z', 0, '2026-03-06T15:00:00Z'],
    ['nothing, at closing', '2026-03-06T17:00:00Z', 0, '2026-03-09T09:00:00Z'],
    ['nothing, on a weekend', '2026-03-07T12:00:00Z', 0, '2026-03-09T09:00:00Z'],
    ['from a weekend', '2026-03-07T12:00:00Z', 60, '2026-03-09T09:01:00Z'],
    ['a year of weeks', '2026-01-05T09:00:00Z', 52 * 40 * hour, '2027-01-01T17:00:00Z'],
  ])('adds: %s', (_, at, amount, expected) => {
    expect(dueAfter(office, at, amount)).toBe(expected);
  });

  it.each([
    ['over a weekend', '2026-03-09T11:00:00Z', 4 * hour, '2026-03-06T15:00:00Z'],
    ['to the opening', '2026-03-09T11:00:00Z', 2 * hour, '2026-03-09T09:00:00Z'],
    ['nothing, while open', '2026-03-06T15:00:00Z', 0, '2026-03-06T15:00:00Z'],
    ['nothing, at opening', '2026-03-09T09:00:00Z', 0, '2026-03-09T09:00:00Z'],
    ['nothing, on a weekend', '2026-03-07T12:00:00Z', 0, '2026-03-06T17:00:00Z'],
  ])('subtracts: %s', (_, at, amount, expected) => {
    expect(startBefore(office, at, amount)).toBe(expected);
  });

  it.each([
    ['2026-03-06T08:59:59Z', false],
    ['2026-03-06T09:00:00Z', true],
    ['2026-03-06T16:59:59Z', true],
    ['2026-03-06T17:00:00Z', false],
    ['2026-03-07T12:00:00Z', false],
  ])('at %s open is %s', (at, expected) => {
    expect(isOpen(office, new Date(at))).toBe(expected);
  });
});

describe('shifts, breaks and holidays', () => {
  const schedule = everyWeekday([['09:00', '17:00']], 'UTC', {
    shifts: { '2026-03-07': [['10:00', '12:00']], '2026-03-10': [['06:00', '07:00']], '2026-03-12': [] },
    breaks: { '2026-03-09': [['12:00', '13:00']], '2026-03-14': [['12:00', '13:00']] },
    holidays: ['2026-03-11'],
  });

  it('a shift replaces the hours of its date, an empty one closes it', () => {
    expect(seconds(schedule, '2026-03-07T00:00:00Z', '2026-03-08T00:00:00Z')).toBe(2 * hour);
    expect(seconds(schedule, '2026-03-10T00:00:00Z', '2026-03-11T00:00:00Z')).toBe(hour);
    expect(seconds(schedule, '2026-03-12T00:00:00Z', '2026-03-13T00:00:00Z')).toBe(0);
  });

  it('a break is cut out, and is a break even while closed', () => {
    expect(seconds(schedule, '2026-03-09T00:00:00Z', '2026-03-10T00:00:00Z')).toBe(7 * hour);
    expect(isOpen(schedule, new Date('2026-03-09T12:00:00Z'))).toBe(false);
    expect(isOnBreak(schedule, new Date('2026-03-14T12:30:00Z'))).toBe(true);
    expect(isOnBreak(schedule, new Date('2026-03-14T13:00:00Z'))).toBe(false);
  });

  it('a holiday is closed', () => {
    expect(dueAfter(schedule, '2026-03-10T06:30:00Z', hour)).toBe('2026-03-13T09:30:00Z');
  });

  it('a holiday removes what starts on it, not the night shift that runs into it', () => {
    const nights = everyDay([['22:00', '06:00']], 'UTC', { holidays: ['2026-03-11'] });
    expect(isOpen(nights, new Date('2026-03-11T03:00:00Z'))).toBe(true);
    expect(isOpen(nights, new Date('2026-03-11T23:00:00Z'))).toBe(false);
    expect(isOpen(nights, new Date('2026-03-12T03:00:00Z'))).toBe(false);
    expect(seconds(nights, '2026-03-10T12:00:00Z', '2026-03-13T12:00:00Z')).toBe(16 * hour);
  });

  it('overlapping breaks are cut out once, also those that begin before opening', () => {
    const breaks = {
      '2026-03-09': [
        ['08:00', '10:00'],
        ['12:00', '14:00'],
        ['13:00', '13:30'],
        ['13:30', '15:00'],
      ],
    };
    const paused = everyWeekday([['09:00', '17:00']], 'UTC', { breaks });
    expect(seconds(paused, '2026-03-09T00:00:00Z', '2026-03-10T00:00:00Z')).toBe(4 * hour);
  });

  it('a night shift that runs into a shift of another day is not counted twice', () => {
    const shifts = { '2026-03-11': [['00:00', '08:00']] };
    const nights = everyDay([['22:00', '06:00']], 'UTC', { shifts });
    expect(seconds(nights, '2026-03-10T12:00:00Z', '2026-03-11T12:00:00Z')).toBe(10 * hour);
  });
});

it('a night shift meets the shift and the break of the next date the same on any date', () => {
  for (let day = 1; day <= 40; day++) {
    const eve = Date.UTC(2026, 0, day, 12);
    const date = new Date(eve + 24 * hour * 1_000).toISOString().slice(0, 10);
    const more = { shifts: { [date]: [['00:00', '08:00']] }, breaks: { [date]: [['01:00', '02:00']] } };
    const nights = everyDay([['22:00', '06:00']], 'UTC', more);
    expect(businessSeconds(nights, eve, eve + 24 * hour * 1_000)).toBe(9 * hour);
  }
});

describe('midnight', () => {
  it('24:00 and 00:00 both end a day', () => {
    for (const end of ['24:00', '00:00']) {
      const evenings = everyDay([['22:00', end]], 'Asia/Tokyo');
      expect(seconds(evenings, '2026-03-10T00:00:00Z', '2026-03-11T00:00:00Z')).toBe(2 * hour);
    }
  });

  it('a desk that never closes counts like the calendar', () => {
    const always = everyDay([['00:00', '24:00']], 'America/New_York');
    expect(seconds(always, '2026-03-01T12:34:56Z', '2026-12-01T12:34:57Z')).toBe(275 * 24 * hour + 1);
    expect(dueAfter(always, '2026-03-07T12:00:00Z', 48 * hour)).toBe('2026-03-09T12:00:00Z');
  });

  it('Saturday night runs into Sunday', () => {
    const schedule = parseSchedule({ tz: 'UTC', hours: { sat: [['20:00', '04:00']] } });
    expect(seconds(schedule, '2026-03-08T00:00:00Z', '2026-03-09T00:00:00Z')).toBe(4 * hour);
    expect(dueAfter(schedule, '2026-03-08T03:00:00Z', 2 * hour)).toBe('2026-03-14T21:00:00Z');
  });
});

describe('clock changes and odd zones', () => {
  it.each([
    ['Berlin, night of 5 hours', 'Europe/Berlin', '2026-03-28T22:00:00Z', '2026-03-29T10:00:00Z', 5],
    ['Berlin, night of 7 hours', 'Europe/Berlin', '2026-10-24T20:00:00Z', '2026-10-25T10:00:00Z', 7],
    [
      'Lord Howe, half an hour less',
      'Australia/Lord_Howe',
      '2026-10-03T12:00:00Z',
      '2026-10-04T12:00:00Z',
      5.5,
    ],
    [
      'Lord Howe, half an hour more',
      'Australia/Lord_Howe',
      '2026-04-04T12:00:00Z',
      '2026-04-05T12:00:00Z',
      6.5,
    ],
    ['Kathmandu, never', 'Asia/Kathmandu', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z', 6],
  ])('00:00-06:00 in %s', (_, tz, from, to, hours) => {
    expect(seconds(everyDay([['00:00', '06:00']], tz), from, to)).toBe(hours * hour);
  });

  it('opens at 09:00 in Kathmandu, 03:15 UTC', () => {
    const kathmandu = everyWeekday([['09:00', '17:00']], 'Asia/Kathmandu');
    expect(iso(nextOpen(kathmandu, new Date('2026-03-09T00:00:00Z')))).toBe('2026-03-09T03:15:00Z');
  });

  it('an opening at a skipped time moves one hour later', () => {
    const early = everyDay([['02:30', '06:00']], 'Europe/Berlin');
    expect(iso(nextOpen(early, new Date('2026-03-29T00:00:00Z')))).toBe('2026-03-29T01:30:00Z');
  });

  it('an opening at a repeated time takes the first', () => {
    const early = everyDay([['02:30', '06:00']], 'Europe/Berlin');
    expect(iso(nextOpen(early, new Date('2026-10-25T00:00:00Z')))).toBe('2026-10-25T00:30:00Z');
  });

  it('periods pushed together by a skipped hour are not counted twice', () => {
    const split = everyDay(
      [
        ['01:00', '02:30'],
        ['03:00', '05:00'],
      ],
      'Europe/Berlin',
    );
    expect(seconds(split, '2026-03-28T23:00:00Z', '2026-03-29T10:00:00Z')).toBe(3 * hour);
  });

  it('a midnight that does not exist opens an hour later', () => {
    const always = everyDay([['00:00', '24:00']], 'America/Sao_Paulo');
    expect(seconds(always, '2015-10-17T03:00:00Z', '2015-10-20T02:00:00Z')).toBe(71 * hour);
  });

  it('a date that the zone skipped has no hours', () => {
    const samoa = everyDay([['09:00', '17:00']], 'Pacific/Apia');
    expect(seconds(samoa, '2011-12-29T10:00:00Z', '2011-12-31T10:00:00Z')).toBe(16 * hour);
  });
});

describe('a schedule that never opens', () => {
  const never = parseSchedule({ tz: 'UTC', hours: {} });

  it('answers nothing, at once', () => {
    expect(dueAfter(never, '2026-03-06T15:00:00Z', 60)).toBeNull();
    expect(startBefore(never, '2026-03-06T15:00:00Z', 60)).toBeNull();
    expect(startBefore(never, '2026-03-06T15:00:00Z', 0)).toBeNull();
    expect(nextOpen(never, new Date('2026-03-06T15:00:00Z'))).toBeNull();
    expect(seconds(never, '1900-01-01T00:00:00Z', '2199-12-31T00:00:00Z')).toBe(0);
    expect(periodsAfter(never, 0, 5)).toEqual([]);
    expect(periodsBefore(never, 0, 5)).toEqual([]);
  });

  it('ends after its last shift', () => {
    const once = parseSchedule({ tz: 'UTC', hours: {}, shifts: { '2026-03-06': [['09:00', '10:00']] } });
    expect(dueAfter(once, '2000-01-01T00:00:00Z', hour)).toBe('2026-03-06T10:00:00Z');
    expect(dueAfter(once, '2000-01-01T00:00:00Z', hour + 1)).toBeNull();
    expect(startBefore(once, '2100-01-01T00:00:00Z', hour)).toBe('2026-03-06T09:00:00Z');
  });
});

describe('refused', () => {
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('an amount of %s', (amount) => {
    expect(() => addBusinessSeconds(office, 0, amount)).toThrow(RangeError);
    expect(() => subtractBusinessSeconds(office, 0, amount)).toThrow(RangeError);
  });

  it.each([Number.NaN, new Date('nonsense'), Date.UTC(1899, 11, 31), Date.UTC(2200, 0, 1)])(
    'the instant %s',
    (at) => {
      expect(() => nextOpen(office, at)).toThrow('between the years 1900 and 2200');
    },
  );

  it('a deadline past the year 2200 is null', () => {
    expect(addBusinessSeconds(office, 0, Number.MAX_SAFE_INTEGER)).toBeNull();
  });
});
