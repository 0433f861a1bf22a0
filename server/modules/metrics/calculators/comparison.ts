import { z } from 'zod';
import type { Direction } from '../arithmetic/comparison.ts';
import { compareFigures } from '../arithmetic/comparison.ts';
import type { Fraction } from '../arithmetic/fraction.ts';
import { fractionOfDecimal } from '../arithmetic/fraction.ts';
import { isoInstant } from '../arithmetic/instant.ts';
import type { Window } from '../arithmetic/period.ts';
import { PERIOD_UNITS } from '../arithmetic/period.ts';
import { compareRunning } from '../arithmetic/previous-period.ts';
import { instant, timeZone, weekday } from './fields.ts';
import { defineCalculator, defineShape } from './shapes.ts';

const figures = defineShape(
  'current',
  z.strictObject({
    current: z.number().nullable(),
    previous: z.number().nullable(),
    kind: z.enum(['count', 'duration', 'percent', 'score']),
    lowerIsBetter: z.boolean().optional(),
  }),
  z.strictObject({
    delta: z.number().nullable(),
    percent: z.number().nullable(),
    display: z.string(),
    judgement: z.enum(['better', 'worse', 'same']).nullable(),
  }),
  ({ current, previous, kind, lowerIsBetter }) =>
    compareFigures(exact(current), exact(previous), kind, directionOf(lowerIsBetter)),
);

const window = z.tuple([z.string(), z.string()]);

const windows = defineShape(
  'period',
  z.strictObject({
    now: instant,
    tz: timeZone.default('UTC'),
    period: z.enum(PERIOD_UNITS),
    weekStart: weekday.default('mon'),
  }),
  z.strictObject({ current: window, previous: window }),
  ({ now, tz, period, weekStart }) => {
    const { current, previous } = compareRunning(now, tz, period, weekStart);
    return { current: isoPair(current), previous: isoPair(previous) };
  },
);

/** Two figures beside each other, or the two periods that are compared. */
export const comparisonCalculator = defineCalculator('comparison', [figures, windows]);

function exact(value: number | null): Fraction | null {
  return value === null ? null : fractionOfDecimal(value);
}

function directionOf(lowerIsBetter: boolean | undefined): Direction {
  if (lowerIsBetter === undefined) return 'neutral';
  return lowerIsBetter ? 'down' : 'up';
}

function isoPair({ from, to }: Window): [string, string] {
  return [isoInstant(from), isoInstant(to)];
}
