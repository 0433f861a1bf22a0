import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  isOnHoliday,
  listDatesAfter,
  listDatesBefore,
  listPeriodsOn,
  localToUtc,
  subtractBusinessDays,
} from './business-days.ts';
import { parseSchedule } from './schedule.ts';

const day = [['09:00', '17:00']];
const office = parseSchedule({
  tz: 'Europe/Berlin',
  hours: { mon: day, tue: day, wed: day, thu: day, fri: day },
  breaks: { '2026-03-11': [['08:00', '18:00']] },
  holidays: ['2026-03-10'],
});

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString().replace('.000Z', 'Z');
}

describe('business days on', () => {
  it.each([
    ['same wall time', '2026-03-05T10:00:00Z', 1, '2026-03-06T10:00:00Z'],
    ['over a weekend', '2026-03-06T10:00:00Z', 1, '2026-03-09T10:00:00Z'],
    ['over a holiday and a day of breaks', '2026-03-09T10:00:00Z', 1, '2026-03-12T10:00:00Z'],
    ['over a clock change', '2026-03-27T10:00:00Z', 1, '2026-03-30T09:00:00Z'],
    ['before opening', '2026-03-05T03:00:00Z', 1, '2026-03-06T08:00:00Z'],
    ['after closing', '2026-03-04T18:00:00Z', 1, '2026-03-06T08:00:00Z'],
    ['0 days while closed', '2026-03-07T03:00:00Z', 0, '2026-03-07T03:00:00Z'],
  ])('%s', (_, at, count, expected) => {
    expect(iso(addBusinessDays(office, new Date(at), count))).toBe(expected);
  });
});

describe('business days back', () => {
  it.each([
    ['same wall time', '2026-03-06T10:00:00Z', 1, '2026-03-05T10:00:00Z'],
    ['at the opening', '2026-03-06T08:00:00Z', 1, '2026-03-05T08:00:00Z'],
    ['after closing', '2026-03-06T18:00:00Z', 2, '2026-03-04T16:00:00Z'],
    ['before opening', '2026-03-06T03:00:00Z', 1, '2026-03-04T16:00:00Z'],
    ['0 days while closed', '2026-03-07T03:00:00Z', 0, '2026-03-07T03:00:00Z'],
  ])('%s', (_, at, count, expected) => {
    expect(iso(subtractBusinessDays(office, new Date(at), count))).toBe(expected);
  });
});

it('active dates skip weekends, holidays and days of breaks', () => {
  expect(listDatesAfter(office, '2026-03-06', 3)).toEqual(['2026-03-09', '2026-03-12', '2026-03-13']);
  expect(listDatesBefore(office, '2026-03-12', 3)).toEqual(['2026-03-09', '2026-03-06', '2026-03-05']);
  expect(listDatesAfter(office, '2026-03-06', 70)).toHaveLength(70);
});

it('a night shift belongs to the date it starts on', () => {
  const nights = parseSchedule({ tz: 'UTC', hours: { fri: [['22:00', '02:00']] } });
  expect(listPeriodsOn(nights, '2026-03-06').map(({ end }) => iso(end))).toEqual(['2026-03-07T02:00:00Z']);
  expect(listPeriodsOn(nights, '2026-03-07')).toEqual([]);
});

it('a holiday is the local day', () => {
  expect(isOnHoliday(office, new Date('2026-03-09T23:00:00Z'))).toBe(true);
  expect(isOnHoliday(office, new Date('2026-03-10T23:00:00Z'))).toBe(false);
});

it.each([
  ['2026-01-31', '12:30', '2026-01-31T11:30:00Z'],
  ['2026-03-29', '02:30', '2026-03-29T01:30:00Z'],
  ['2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
  ['2026-12-31', '24:00', '2026-12-31T23:00:00Z'],
])('%s %s in Berlin is %s', (date, time, expected) => {
  expect(iso(localToUtc(office, date, time))).toBe(expected);
});

it('has no days where nothing ever opens, and refuses part days', () => {
  const never = parseSchedule({ tz: 'UTC', hours: {} });
  expect(addBusinessDays(never, 0, 1)).toBeNull();
  expect(subtractBusinessDays(never, 0, 1)).toBeNull();
  expect(() => addBusinessDays(office, 0, 1.5)).toThrow(RangeError);
});
