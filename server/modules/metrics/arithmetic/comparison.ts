import type { Fraction } from './fraction.ts';
import { divide, formatSigned, scale, subtract, toNumber } from './fraction.ts';
import { NO_DATA } from './ratio.ts';

/** Counts and durations compare in percent, percentages and signed scores in points. */
export type ComparisonKind = 'count' | 'duration' | 'percent' | 'score';
export type Direction = 'up' | 'down' | 'neutral';
export type Judgement = 'better' | 'worse' | 'same';

export type Comparison = {
  readonly delta: number | null;
  readonly percent: number | null;
  readonly display: string;
  readonly judgement: Judgement | null;
};

const NONE: Comparison = { delta: null, percent: null, display: NO_DATA, judgement: null };

/**
 * `current` and `previous` in the KPI's own unit (percentages 0-100), `null` for no data.
 * A count or duration that comes from zero has no percentage and reads "new".
 */
export function compareFigures(
  current: Fraction | null,
  previous: Fraction | null,
  kind: ComparisonKind,
  direction: Direction,
): Comparison {
  if (current === null || previous === null) return NONE;
  const difference = subtract(current, previous);
  const judgement = judge(difference, direction);
  const delta = toNumber(difference);
  if (kind === 'percent') {
    return { delta, percent: null, display: `${formatSigned(difference, 1)} pp`, judgement };
  }
  if (kind === 'score') return { delta, percent: null, display: formatSigned(difference, 0), judgement };
  const share = divide(difference, previous);
  if (share === null) return fromZero(difference, delta, judgement);
  const percent = scale(share, 100);
  return { delta, percent: toNumber(percent), display: `${formatSigned(percent, 1)}%`, judgement };
}

function fromZero(difference: Fraction, delta: number, judgement: Judgement | null): Comparison {
  return { delta, percent: null, display: difference.num === 0n ? '0.0%' : 'new', judgement };
}

function judge(difference: Fraction, direction: Direction): Judgement | null {
  if (direction === 'neutral') return null;
  if (difference.num === 0n) return 'same';
  return difference.num > 0n === (direction === 'up') ? 'better' : 'worse';
}
