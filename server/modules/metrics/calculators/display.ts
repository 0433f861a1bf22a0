import { z } from 'zod';
import { displayDuration } from '../arithmetic/duration.ts';
import { formatFixed, formatSigned, fraction } from '../arithmetic/fraction.ts';
import { displayPercent, NO_DATA } from '../arithmetic/ratio.ts';
import { count } from './fields.ts';
import { defineCalculator, defineShape } from './shapes.ts';

const text = z.strictObject({ text: z.array(z.string()) });
const pairs = z.array(z.tuple([z.int(), count]));

const percents = defineShape('percent', z.strictObject({ percent: pairs }), text, ({ percent }) => ({
  text: percent.map(([num, den]) => displayPercent({ num, den })),
}));

const durations = defineShape(
  'durations',
  z.strictObject({ durations: z.array(z.number().nullable()) }),
  text,
  (input) => ({ text: input.durations.map(displayDuration) }),
);

const scores = defineShape('scores', z.strictObject({ scores: pairs }), text, (input) => ({
  text: input.scores.map(([num, den]) => (den === 0 ? NO_DATA : formatSigned(fraction(num, den), 0))),
}));

const numbers = defineShape('numbers', z.strictObject({ numbers: pairs }), text, (input) => ({
  text: input.numbers.map(([num, den]) => (den === 0 ? NO_DATA : formatFixed(fraction(num, den), 1))),
}));

/** How shares, durations, signed scores and plain quotients are written, in the en format. */
export const displayCalculator = defineCalculator('display', [percents, durations, scores, numbers]);
