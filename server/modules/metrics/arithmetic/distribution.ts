/** What is always shown together for durations: integer seconds in, exact integers kept. */
export type Distribution = {
  readonly n: number;
  readonly sum: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
};

export function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Ascending copy. */
export function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** Middle value, or the mean of the two middle ones; `null` for an empty list. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const ascending = sorted(values);
  const upper = ascending[Math.floor(ascending.length / 2)] ?? 0;
  const lower = ascending[Math.floor((ascending.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}

/** Nearest rank, ceil(p·n/100) counted from 1: always a value that occurred. `percent` is 1-100. */
export function percentile(values: readonly number[], percent: number): number | null {
  if (!Number.isInteger(percent) || percent < 1 || percent > 100) {
    throw new RangeError(`A percentile is a whole number from 1 to 100, not ${percent}`);
  }
  if (values.length === 0) return null;
  return sorted(values)[Math.ceil((percent * values.length) / 100) - 1] ?? null;
}

/** Linear interpolation between ranks, for explanations only: its result need not have occurred. */
export function linearPercentile(values: readonly number[], percent: number): number | null {
  if (values.length === 0) return null;
  const ascending = sorted(values);
  const position = percent * (ascending.length - 1);
  const index = Math.floor(position / 100);
  const below = ascending[index] ?? 0;
  const above = ascending[index + 1] ?? below;
  return below + ((above - below) * (position % 100)) / 100;
}

export function describeValues(values: readonly number[]): Distribution {
  const sum = sumOf(values);
  const n = values.length;
  return { n, sum, mean: n === 0 ? null : sum / n, median: median(values), p90: percentile(values, 90) };
}
