import { describe, expect, it } from 'vitest';
import { coverDays, cutWindows, type Stretch } from './cut-windows.ts';

const day = 86_400;
const never = 1e12;

function daysOf(buckets: ReturnType<typeof coverDays>): number[] {
  return buckets.flatMap(({ span, bucket }) =>
    Array.from({ length: 8 ** span }, (_, index) => bucket * 8 ** span + index),
  );
}

/** How often a second is counted in a part. */
function timesIn(cut: ReturnType<typeof cutWindows>, part: number, second: number): number {
  const run = cut.runs[part] as { firstDay: number; endDay: number };
  const inRun = second >= run.firstDay * day && second < run.endDay * day ? 1 : 0;
  return cut.shares
    .filter((share) => share.part === part)
    .map((share) => ({ ...share, ...(cut.pieces[share.piece] as Stretch) }))
    .filter(({ from, to }) => second >= from && second < to)
    .reduce((times, { sign }) => times + sign, inRun);
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

  it('adds the seconds before its first midnight, and takes away those before its last', () => {
    const cut = cutWindows([{ from: 10 * day - 60, to: 12 * day - 5 }], never);
    expect(cut.runs).toEqual([{ begin: 10 * day - 60, firstDay: 10, endDay: 12 }]);
    expect(cut.pieces).toEqual([
      { from: 10 * day - 60, to: 10 * day },
      { from: 12 * day - 5, to: 12 * day },
    ]);
    expect(cut.shares.map(({ sign }) => sign)).toEqual([1, -1]);
  });

  it('takes a day that is not over whole, since nothing is known of its rest', () => {
    const now = 12 * day + 3600;
    const [run] = cutWindows([{ from: 10 * day, to: now }], now).runs;
    expect(run).toMatchObject({ firstDay: 10, endDay: 13 });
  });

  it('is only rows where those are fewer than what is left of its days', () => {
    const cut = cutWindows([{ from: 10 * day + 40_000, to: 10 * day + 44_000 }], never);
    expect(cut).toMatchObject({ buckets: [], pieces: [{ from: 10 * day + 40_000, to: 10 * day + 44_000 }] });
    expect(cutWindows([{ from: 5, to: 5 }], never)).toMatchObject({ buckets: [], pieces: [] });
  });

  it('shares with its neighbour the piece of the day in which they meet', () => {
    const days = [0, 1, 2].map((nth) => ({ from: nth * day - 7200, to: (nth + 1) * day - 7200 }));
    const cut = cutWindows(days, never);
    expect(cut.pieces).toHaveLength(4);
    expect(cut.shares).toHaveLength(6);
  });

  it('counts every second of a part once, and no other', () => {
    const bounds = [
      0,
      1,
      40_000,
      43_200,
      43_201,
      50_000,
      day,
      day + 86_399,
      3 * day + 43_200,
      9 * day,
      70 * day + 7,
    ];
    const parts = bounds.flatMap((from) => bounds.filter((to) => to >= from).map((to) => ({ from, to })));
    for (const known of [never, day + 50_000]) {
      const cut = cutWindows(parts, known);
      const seconds = bounds.flatMap((bound) => [bound - 1, bound, bound + 1]);
      for (const [part, { from, to }] of parts.entries())
        for (const second of seconds)
          expect(timesIn(cut, part, second), `${second} in ${from} to ${to}`).toBe(
            second >= from && second < to ? 1 : 0,
          );
    }
  });
});
