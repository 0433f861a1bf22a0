/**
 * A ratio in percent with one decimal, half away from zero, rounded once from whole numbers. "100.0%" and
 * "0.0%" only when exactly so: `edge` says that the rounded number would claim more than is true.
 */
export function exactPercent(
  numerator: number,
  denominator: number,
): { tenths: number; edge?: 'over' | 'under' } {
  const scaled = BigInt(numerator) * 2000n + BigInt(denominator);
  const tenths = Number(scaled / (BigInt(denominator) * 2n));
  if (tenths === 0 && numerator > 0) return { tenths, edge: 'over' };
  if (tenths === 1000 && numerator < denominator) return { tenths, edge: 'under' };
  return { tenths };
}
