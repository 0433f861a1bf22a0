import { expect, test } from 'vitest';
import { dateOf, datesIn, keptDates } from './dates-in.ts';

test.each([
  ['2026-12-25', '2026-12-25'],
  [' 2026-1-7 ', '2026-01-07'],
  ['2026/12/25', '2026-12-25'],
  ['25.12.2026', '2026-12-25'],
  ['2026年10月1日', '2026-10-01'],
  ['2028-02-29', '2028-02-29'],
  ['2027-02-29', null],
  ['2026-13-01', null],
  ['12/25/2026', null],
  ['25.12.26', null],
  ['Christmas', null],
  ['', null],
])('%j is the date %j', (words, date) => {
  expect(dateOf(words)).toBe(date);
});

test('pasted lines are their dates, and a line without one stays to be put right', () => {
  const pasted = '2026-12-25 Christmas\r\n\r\n2027-01-01, 2027-01-07; 08.03.2027\nEaster Monday\n';
  expect(datesIn(pasted)).toEqual(['2026-12-25', '2027-01-01', '2027-01-07', '2027-03-08', 'Easter Monday']);
});

test('what is kept is each date once, in order, and nothing written is dropped', () => {
  expect(keptDates(['2027-01-01', '', '25.12.2026', '2026-12-25', ' Easter '])).toEqual([
    '2026-12-25',
    '2027-01-01',
    'Easter',
  ]);
});
