import { describe, expect, it } from 'vitest';
import { coverDays, cutWindow } from './cut-window.ts';

const day = 86_400;

function daysOf(buckets: ReturnType<typeof coverDays>): number[] {
  return buckets.flatMap(({ span, bucket }) =>
    Array.from({ length: 8 ** span }, (_, index) => bucket * 8 ** span + index),
  );
}

describe('a period in buckets', () => {
  it.each([
    [0, 0],
    [20_000, 20_001],
    [20_393, 20_758],
    [63, 64],
    [-9, 70],
  ])('covers the days from %i to %i once each', (from, to) => {
    const expected = Array.from({ length: to - from }, (_, index) => from + index);
    expect(daysOf(coverDays(from, to))).toEqual(expected);
  });

  it('needs some twenty of them for a year', () => {
    expect(coverDays(20_393, 20_758).length).toBeLessThanOrEqual(33);
  });

  it('leaves the seconds before the first whole day and after the last', () => {
    const cut = cutWindow({ from: 10 * day - 60, to: 12 * day + 5 });
    expect(cut).toMatchObject({ firstDay: 10, endDay: 12 });
    expect(cut.edges).toEqual([
      { from: 10 * day - 60, to: 10 * day },
      { from: 12 * day, to: 12 * day + 5 },
    ]);
  });

  it('is all edge inside one day', () => {
    const cut = cutWindow({ from: 10 * day + 1, to: 10 * day + 9 });
    expect(cut).toMatchObject({ buckets: [], edges: [{ from: 10 * day + 1, to: 10 * day + 9 }] });
    expect(cutWindow({ from: 5, to: 5 })).toMatchObject({ buckets: [], edges: [] });
  });
});
