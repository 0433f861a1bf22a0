import { expect, it } from 'vitest';
import { windowOf } from '../arithmetic/period.ts';
import type { FigureRequest } from './figure-request.ts';
import { splitWindow } from './split-window.ts';

/** A local day in its hours: how many minutes each lasts, where it is not sixty, and at which local minute it begins. */
function hoursOf(day: string, next: string, timeZone: string) {
  const window = windowOf({ from: day, to: next, tz: timeZone });
  const hours = splitWindow({ window, timeZone, weekStart: 'mon' } as FigureRequest, 'hour');
  const minuteOf = (at: number) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  return {
    count: hours.length,
    uneven: hours.flatMap(({ from, to }) =>
      to - from === 3_600_000 ? [] : [`${minuteOf(from)} ${(to - from) / 60_000}`],
    ),
    askew: hours.map(({ from }) => minuteOf(from)).filter((text) => !text.endsWith(':00')),
    covered: hours.at(-1)?.to === window.to && hours[0]?.from === window.from,
  };
}

const whole = { uneven: [], askew: [], covered: true };

it.each([
  ['America/New_York', '2026-03-08', '2026-03-09', { ...whole, count: 23 }],
  ['America/New_York', '2026-11-01', '2026-11-02', { ...whole, count: 25 }],
  ['Asia/Kathmandu', '2026-03-08', '2026-03-09', { ...whole, count: 24 }],
  // Clocks change by half an hour: 02:00 becomes 01:30 in April, and 02:30 in October.
  [
    'Australia/Lord_Howe',
    '2026-04-05',
    '2026-04-06',
    { count: 25, uneven: ['01:30 30'], askew: ['01:30'], covered: true },
  ],
  [
    'Australia/Lord_Howe',
    '2026-10-04',
    '2026-10-05',
    { count: 24, uneven: ['02:30 30'], askew: ['02:30'], covered: true },
  ],
])('hours of the wall in %s on %s', (timeZone, day, next, expected) => {
  expect(hoursOf(day, next, timeZone)).toEqual(expected);
});
