import { expect, test } from 'vitest';
import { format } from '../../../i18n/catalogue.ts';
import { locales } from '../../../i18n/locales.ts';
import { createFormats } from '../formats.ts';
import { labelled, ticksOf } from './ticks.ts';

test('gridlines begin at zero, reach the highest value and stay few', () => {
  for (const unit of ['tickets', 'percent', 'seconds'] as const) {
    for (const highest of [0.4, 1, 7, 59, 84, 3601, 90_000, 12_345_678]) {
      const ticks = ticksOf(highest, unit);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest);
      expect(ticks.length, `${unit} ${highest}`).toBeLessThanOrEqual(8);
    }
  }
});

test('counts have whole gridlines, durations whole minutes, hours or days', () => {
  expect(ticksOf(3, 'tickets')).toEqual([0, 1, 2, 3]);
  expect(ticksOf(7000, 'seconds')).toEqual([0, 1800, 3600, 5400, 7200]);
  expect(ticksOf(100_000, 'seconds')).toEqual([0, 43_200, 86_400, 129_600]);
});

test('no two gridlines carry the same label', () => {
  for (const locale of locales) {
    const formats = createFormats(locale, 'UTC', (id, values) => format(locale, id, values));
    for (const highest of [3, 59, 100, 1500, 5400, 7000, 40_000, 129_600, 400_000, 9_000_000]) {
      const ticks = ticksOf(highest, 'seconds');
      const written = ticks.map((tick) => formats.durationStep(tick, ticks[1] ?? 1));
      expect(new Set(written).size, `${locale} ${highest}: ${written}`).toBe(ticks.length);
    }
    for (const highest of [0.04, 0.3, 1, 42, 100]) {
      const written = ticksOf(highest, 'percent').map((tick) => formats.percent(tick / 100));
      expect(new Set(written).size, `${locale} ${highest} %`).toBe(written.length);
    }
  }
});

test('half hours are written in minutes and half days in hours', () => {
  const en = createFormats('en', 'UTC', (id, values) => format('en', id, values));
  const written = (highest: number) => {
    const ticks = ticksOf(highest, 'seconds');
    return ticks.map((tick) => en.durationStep(tick, ticks[1] ?? 1).replace('\u00a0', ' '));
  };
  expect(written(7000)).toEqual(['0 min', '30 min', '60 min', '90 min', '120 min']);
  expect(written(100_000)).toEqual(['0 h', '12 h', '24 h', '36 h']);
});

test('an empty chart still has a floor and a ceiling', () => {
  expect(ticksOf(0, 'tickets')).toEqual([0, 1]);
});

test('time labels keep their distance and the last is among them', () => {
  expect([...labelled(7, 700, 50)]).toHaveLength(7);
  const few = labelled(30, 300, 50);
  expect(few.size).toBe(6);
  expect(few.has(29)).toBe(true);
});
