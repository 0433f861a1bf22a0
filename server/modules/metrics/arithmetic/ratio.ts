import { formatFixed, fraction, roundScaled, toNumber } from './fraction.ts';

/** A share as it is kept: two integers. */
export type Ratio = { readonly num: number; readonly den: number };

/** What stands where there is no data. */
export const NO_DATA = '—';

/** 0-100 (a flow ratio may exceed 100); `null` when nothing was counted. */
export function percentOf({ num, den }: Ratio): number | null {
  return den === 0 ? null : toNumber(fraction(BigInt(num) * 100n, den));
}

/** Sums numerators and denominators, so that an average of averages cannot be made. */
export function poolRatios(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce((sum, ratio) => ({ num: sum.num + ratio.num, den: sum.den + ratio.den }), {
    num: 0,
    den: 0,
  });
}

/**
 * One decimal, half away from zero, rounded once from the integers. "100.0%" and "0.0%" appear
 * only when exactly so; next to them it says "<100%", ">100%", ">0%" or "<0%".
 */
export function displayPercent({ num, den }: Ratio): string {
  if (den === 0) return NO_DATA;
  const percent = fraction(BigInt(num) * 100n, den);
  const tenths = roundScaled(percent, 1);
  if (tenths === 0n && percent.num !== 0n) return percent.num > 0n ? '>0%' : '<0%';
  const overHundred = percent.num - 100n * percent.den;
  if (tenths === 1000n && overHundred !== 0n) return overHundred > 0n ? '>100%' : '<100%';
  return `${formatFixed(percent, 1)}%`;
}
