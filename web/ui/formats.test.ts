import { expect, test } from 'vitest';
import { format } from '../../i18n/catalogue.ts';
import { locales, matchLocale } from '../../i18n/locales.ts';
import { createFormats } from './formats.ts';

const formatsOf = (locale: (typeof locales)[number], zone = 'Europe/Minsk') =>
  createFormats(locale, zone, (id, values) => format(locale, id, values));

test('numbers and percentages are written as each locale writes them', () => {
  const be = formatsOf('be');
  expect(be.number(1234567.8)).toBe('1\u00a0234\u00a0567,8');
  expect(be.percent(0.625)).toBe('62,5\u00a0%');
  for (const locale of ['en', 'zh-CN', 'zh-TW'] as const) {
    expect(formatsOf(locale).number(1234567.8)).toBe('1,234,567.8');
    expect(formatsOf(locale).percent(0.625)).toBe('62.5%');
  }
});

test('dates', () => {
  const at = '2026-03-02T21:30:00Z';
  const written = locales.map((locale) => formatsOf(locale, 'UTC').date(at));
  expect(written).toEqual(['Mar 2, 2026', '2026年3月2日', '2026年3月2日', '2 сак 2026 г.']);
  const weekdays = locales.map((locale) => formatsOf(locale, 'UTC').date(at, 'weekday'));
  expect(weekdays).toEqual(['Mon', '周一', '週一', 'пн']);
  expect(formatsOf('be').dateTime(at)).toBe('3 сак 2026 г., 00:30');
});

test('our Belarusian dates agree with the full ICU of Node, all year round', () => {
  for (let month = 0; month < 12; month++) {
    const at = new Date(Date.UTC(2026, month, 5 + month, 12, 5));
    const style = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat('be', { timeZone: 'UTC', ...options }).format(at);
    const be = formatsOf('be', 'UTC');
    expect(be.date(at)).toBe(style({ dateStyle: 'medium' }));
    expect(be.dateTime(at)).toBe(style({ dateStyle: 'medium', timeStyle: 'short' }));
    expect(be.date(at, 'weekday')).toBe(style({ weekday: 'short' }));
  }
});

test('durations say the two largest units and never lose a wait', () => {
  const en = formatsOf('en');
  const plain = (seconds: number) => en.duration(seconds).replaceAll('\u00a0', ' ');
  expect([0, 1, 59, 60, 125, 3600, 7500, 86_400, 90_061].map(plain)).toEqual([
    '0 s',
    '1 s',
    '59 s',
    '1 min',
    '2 min 5 s',
    '1 h',
    '2 h 5 min',
    '1 day',
    '1 day 1 h',
  ]);
  const days = [1, 2, 5, 21].map((n) => formatsOf('be').duration(n * 86_400));
  expect(days).toEqual(['1\u00a0дзень', '2\u00a0дні', '5\u00a0дзён', '21\u00a0дзень']);
});

test('relative and nearby times', () => {
  const now = '2026-03-02T12:00:00Z';
  const en = formatsOf('en', 'UTC');
  expect(en.relative('2026-03-02T11:59:40Z', now)).toBe('just now');
  expect(en.relative('2026-03-02T11:54:00Z', now)).toBe('6\u00a0min ago');
  expect(en.relative('2026-03-02T14:00:00Z', now)).toBe('in 2\u00a0h');
  expect(formatsOf('zh-TW', 'UTC').relative('2026-03-02T11:54:00Z', now)).toBe('6\u00a0分鐘前');
  expect(en.nearby('2026-03-02T08:05:00Z', now)).toBe('08:05');
  expect(en.nearby('2026-02-27T08:05:00Z', now)).toBe('Fri');
  expect(en.nearby('2025-12-31T08:05:00Z', now)).toBe('Dec 31, 2025');
});

test('only date pickers follow the week of the locale', () => {
  expect(locales.map((locale) => formatsOf(locale).weekStart)).toEqual([0, 1, 0, 1]);
});

test('the browser’s wishes find a catalogue', () => {
  expect(matchLocale(['fr', 'zh-Hant-HK'])).toBe('zh-TW');
  expect(matchLocale(['zh'])).toBe('zh-CN');
  expect(matchLocale(['zh-HK', 'en'])).toBe('zh-TW');
  expect(matchLocale(['be-tarask'])).toBe('be');
  expect(matchLocale(['xx'])).toBe('en');
});
