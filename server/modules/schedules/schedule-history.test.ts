import { describe, expect, it } from 'vitest';
import { businessSeconds } from './business-time.ts';
import { parseSchedule } from './schedule.ts';
import { addBusinessSecondsOver, businessSecondsOver, isOpenOver, scheduleAt } from './schedule-history.ts';

const hour = 3_600;
const long = weekdays([['09:00', '17:00']]);
const short = weekdays([['10:00', '14:00']]);
const changed = new Date('2026-03-11T12:00:00Z');
const history = [
  { validFrom: new Date('2026-01-01T00:00:00Z'), schedule: long },
  { validFrom: changed, schedule: short },
];

function weekdays(day: [string, string][]) {
  return parseSchedule({ tz: 'UTC', hours: { mon: day, tue: day, wed: day, thu: day, fri: day } });
}

function due(at: string, seconds: number): string | null {
  const reached = addBusinessSecondsOver(history, new Date(at), seconds);
  return reached === null ? null : new Date(reached).toISOString().replace('.000Z', 'Z');
}

describe('a schedule that changed on Wednesday at noon', () => {
  it('counts each part by its own hours', () => {
    const from = new Date('2026-03-10T00:00:00Z');
    const to = new Date('2026-03-13T00:00:00Z');
    expect(businessSecondsOver(history, from, to)).toBe((8 + 3 + 2 + 4) * hour);
    expect(businessSecondsOver(history, to, from)).toBe(0);
  });

  it('holds its first version for all time before', () => {
    const from = new Date('2025-03-10T00:00:00Z');
    const to = new Date('2025-03-14T00:00:00Z');
    expect(businessSecondsOver(history, from, to)).toBe(businessSeconds(long, from, to));
    expect(scheduleAt(history, from)).toBe(long);
  });

  it.each([
    ['before the change', '2026-03-11T09:00:00Z', 2 * hour, '2026-03-11T11:00:00Z'],
    ['at the change', '2026-03-11T09:00:00Z', 3 * hour, '2026-03-11T12:00:00Z'],
    ['across it', '2026-03-11T09:00:00Z', 6 * hour, '2026-03-12T11:00:00Z'],
    ['after it', '2026-03-12T09:00:00Z', hour, '2026-03-12T11:00:00Z'],
    ['nothing, at the change', '2026-03-11T12:00:00Z', 0, '2026-03-11T12:00:00Z'],
  ])('sets a deadline %s', (_, at, seconds, expected) => {
    expect(due(at, seconds)).toBe(expected);
  });

  it('opens by the version valid then', () => {
    expect(isOpenOver(history, new Date('2026-03-10T16:00:00Z'))).toBe(true);
    expect(isOpenOver(history, new Date('2026-03-11T16:00:00Z'))).toBe(false);
  });

  it('takes the versions in any order', () => {
    const from = new Date('2026-03-10T00:00:00Z');
    const to = new Date('2026-03-13T00:00:00Z');
    expect(businessSecondsOver(history.toReversed(), from, to)).toBe(17 * hour);
  });
});

it('skips a version that never opens, and ends with one', () => {
  const never = parseSchedule({ tz: 'UTC', hours: {} });
  const closed = [
    { validFrom: 0, schedule: long },
    { validFrom: changed, schedule: never },
    { validFrom: new Date('2026-03-16T00:00:00Z'), schedule: long },
  ];
  const at = new Date('2026-03-11T11:00:00Z');
  expect(addBusinessSecondsOver(closed, at, 2 * hour)).toBe(Date.parse('2026-03-16T10:00:00Z'));
  expect(addBusinessSecondsOver(closed, at, hour)).toBe(changed.getTime());
  expect(addBusinessSecondsOver(closed, changed, 0)).toBe(Date.parse('2026-03-16T09:00:00Z'));
  expect(addBusinessSecondsOver(closed.slice(0, 2), at, 2 * hour)).toBeNull();
});

it('refuses a history without versions', () => {
  expect(() => businessSecondsOver([], 0, 1)).toThrow('at least one version');
});
