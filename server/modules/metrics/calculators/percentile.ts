import { z } from 'zod';
import { describeValues, linearPercentile, percentile } from '../arithmetic/distribution.ts';
import { count } from './fields.ts';
import { defineCalculator, defineShape } from './shapes.ts';

const number = z.number().nullable();

const byValues = defineShape(
  'values',
  z.strictObject({ values: z.array(z.number()) }),
  z.strictObject({ n: count, mean: number, median: number, p90: number, p95: number, p90Linear: number }),
  ({ values }) => {
    const { n, mean, median, p90 } = describeValues(values);
    return { n, mean, median, p90, p95: percentile(values, 95), p90Linear: linearPercentile(values, 90) };
  },
);

/** Middle and nearest ranks of a list. */
export const percentileCalculator = defineCalculator('percentile', [byValues]);
