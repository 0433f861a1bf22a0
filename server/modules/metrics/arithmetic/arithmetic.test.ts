import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAges } from './age-buckets.ts';
import { describeValues, linearPercentile, median, percentile } from './distribution.ts';
import { displayDuration } from './duration.ts';
import { formatFixed, formatSigned, fraction, fractionOfDecimal, toNumber } from './fraction.ts';
import { displayPercent, percentOf, poolRatios } from './ratio.ts';
import { judgeTarget } from './sla-clock.ts';
import { closeStock } from './stock.ts';
import { ALWAYS_OPEN } from './working-time.ts';

describe('shares', () => {
  it.each([
    [7, 16, '43.8%'],
    [33, 80, '41.3%'],
    [-5, 8, '-62.5%'],
    [3, 2, '150.0%'],
    [0, 9, '0.0%'],
    [9, 9, '100.0%'],
    [1, 90_000, '>0%'],
    [-1, 90_000, '<0%'],
    [89_999, 90_000, '<100%'],
    [90_001, 90_000, '>100%'],
    [0, 0, '—'],
  ])('%i of %i reads %s', (num, den, text) => {
    expect(displayPercent({ num, den })).toBe(text);
  });

  it('says 100.0% and 0.0% only when exactly so', () => {
    const ratio = fc.integer({ min: 1, max: 1e9 }).chain((den) => fc.tuple(fc.nat(den), fc.constant(den)));
    fc.assert(
      fc.property(ratio, ([num, den]) => {
        const text = displayPercent({ num, den });
        expect(text === '100.0%').toBe(num === den);
        expect(text === '0.0%').toBe(num === 0);
      }),
    );
  });

  it('pools numerators and denominators', () => {
    expect(
      percentOf(
        poolRatios([
          { num: 1, den: 1 },
          { num: 0, den: 3 },
        ]),
      ),
    ).toBe(25);
    expect(percentOf(poolRatios([]))).toBeNull();
  });
});

describe('fractions', () => {
  it('reads the decimals that were written', () => {
    expect(formatFixed(fractionOfDecimal(1.005), 2)).toBe('1.01');
    expect(toNumber(fractionOfDecimal(1.5e-7))).toBe(1.5e-7);
    expect(toNumber(fractionOfDecimal(-2e21))).toBe(-2e21);
  });

  it('rounds half away from zero on both sides', () => {
    expect(formatFixed(fraction(-25, 2), 0)).toBe('-13');
    expect(formatSigned(fraction(25, 2), 0)).toBe('+13');
    expect(formatSigned(fraction(0, 2), 0)).toBe('0');
  });
});

describe('distributions', () => {
  const list = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 60 });

  it('takes a percentile that occurred and that enough values do not exceed', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const rank = percentile(values, percent) ?? Number.NaN;
        const below = values.filter((value) => value < rank).length;
        const upTo = values.filter((value) => value <= rank).length;
        expect(values).toContain(rank);
        expect(100 * upTo).toBeGreaterThanOrEqual(percent * values.length);
        expect(100 * below).toBeLessThan(percent * values.length);
      }),
    );
  });

  it('keeps the middle between both halves', () => {
    fc.assert(
      fc.property(list, (values) => {
        const middle = median(values) ?? Number.NaN;
        const under = values.filter((value) => value < middle).length;
        const over = values.filter((value) => value > middle).length;
        expect(Math.max(under, over) * 2).toBeLessThanOrEqual(values.length);
      }),
    );
  });

  it('has no figures for nothing', () => {
    expect(describeValues([])).toEqual({ n: 0, sum: 0, mean: null, median: null, p90: null });
    expect(linearPercentile([], 90)).toBeNull();
  });

  it('interpolates for explanations only', () => {
    expect(linearPercentile([10, 20, 30], 90)).toBeCloseTo(28, 9);
    expect(percentile([10, 20, 30], 90)).toBe(30);
    expect(() => percentile([1], 0)).toThrow(RangeError);
  });
});

describe('durations', () => {
  it.each([
    [61, '1 min 1 s'],
    [7_260, '2 h 1 min'],
    [172_799, '1 d 23 h'],
    [70.8, '1 min 10 s'],
    [-90, '-1 min 30 s'],
    [null, '—'],
  ])('%s reads %s', (seconds, text) => {
    expect(displayDuration(seconds)).toBe(text);
  });

  it('counts ages with the upper bounds inclusive', () => {
    expect(countAges([86_399, 86_400, 259_200, 259_201, 604_800, 604_801])).toEqual({
      '<24h': 1,
      '1-3d': 2,
      '3-7d': 2,
      '>7d': 1,
    });
  });
});

describe('targets', () => {
  const judge = (runs: { from: number; to: number | null }[], ended: boolean, asOf: number) =>
    judgeTarget(100, runs, ended, asOf, ALWAYS_OPEN);

  it('is met at the target and breached a second later', () => {
    expect(judge([{ from: 0, to: 100_000 }], true, 200_000).met).toBe(true);
    expect(judge([{ from: 0, to: 101_000 }], true, 200_000).met).toBe(false);
  });

  it('is breached while it runs, not when it ends', () => {
    expect(judge([{ from: 0, to: null }], false, 100_000)).toEqual({
      elapsedSeconds: 100,
      dueAt: 100_000,
      met: null,
    });
    expect(judge([{ from: 0, to: null }], false, 101_000).met).toBe(false);
  });

  it('has no due time while it stands still with time left', () => {
    expect(judge([{ from: 0, to: 40_000 }], false, 90_000)).toEqual({
      elapsedSeconds: 40,
      dueAt: null,
      met: null,
    });
    const resumed = [
      { from: 0, to: 40_000 },
      { from: 90_000, to: null },
    ];
    expect(judge(resumed, false, 100_000).dueAt).toBe(150_000);
  });
});

it('closes the stock from its terms', () => {
  const none = { restored: 0, movedIn: 0, movedOut: 0, spam: 0, merged: 0, deleted: 0 };
  expect(closeStock({ ...none, start: 5, created: 7, reopened: 2, solved: 6 })).toBe(8);
  expect(closeStock({ ...none, start: 5, created: 0, reopened: 0, restored: 1, solved: 0, spam: 2 })).toBe(4);
});
