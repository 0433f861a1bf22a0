import { z } from 'zod';
import type { Ratio } from '../arithmetic/ratio.ts';
import { displayPercent, percentOf } from '../arithmetic/ratio.ts';
import { count } from './fields.ts';

/** What every share answers with: the two integers, 0-100 or null, and the text. */
export const ratioOutput = z.strictObject({
  num: count,
  den: count,
  value: z.number().nullable(),
  display: z.string(),
});

export function ratioResult(ratio: Ratio) {
  return { num: ratio.num, den: ratio.den, value: percentOf(ratio), display: displayPercent(ratio) };
}
