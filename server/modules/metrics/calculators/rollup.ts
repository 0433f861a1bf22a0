import { z } from 'zod';
import { describeValues } from '../arithmetic/distribution.ts';
import type { Fraction } from '../arithmetic/fraction.ts';
import { add, divide, fraction, fractionOfDecimal, scale, toNumber } from '../arithmetic/fraction.ts';
import { poolRatios } from '../arithmetic/ratio.ts';
import { count } from './fields.ts';
import { ratioOutput, ratioResult } from './ratio-output.ts';
import { defineCalculator, defineShape } from './shapes.ts';

const number = z.number().nullable();
const zero: Fraction = fraction(0);

/** A group's mean stands for its sum, so it is multiplied back before anything is added. */
const group = z.union([
  z.strictObject({ n: count, mean: z.number().nullable() }),
  z.strictObject({ n: count, sum: z.number() }),
]);
type Group = z.output<typeof group>;

const byGroups = defineShape(
  'groups',
  z.strictObject({ groups: z.array(group) }),
  z.strictObject({ n: count, sum: z.number(), mean: number }),
  ({ groups }) => {
    const n = groups.reduce((total, one) => total + one.n, 0);
    const sum = groups.reduce((total, one) => add(total, sumOfGroup(one)), zero);
    const mean = divide(sum, fraction(n));
    return { n, sum: toNumber(sum), mean: mean === null ? null : toNumber(mean) };
  },
);

const byLists = defineShape(
  'medians',
  z.strictObject({ medians: z.array(z.array(z.number())) }),
  z.strictObject({ n: count, mean: number, median: number, p90: number }),
  ({ medians }) => {
    const { n, mean, median, p90 } = describeValues(medians.flat());
    return { n, mean, median, p90 };
  },
);

const byRatios = defineShape(
  'ratios',
  z.strictObject({ ratios: z.array(z.strictObject({ num: count, den: count })) }),
  ratioOutput,
  ({ ratios }) => ratioResult(poolRatios(ratios)),
);

/** Groups pooled: sums and counts are added, medians are taken over all single values. */
export const rollupCalculator = defineCalculator('rollup', [byGroups, byLists, byRatios]);

function sumOfGroup(one: Group): Fraction {
  return 'sum' in one ? fractionOfDecimal(one.sum) : scale(fractionOfDecimal(one.mean ?? 0), one.n);
}
