import { z } from 'zod';
import { weekOf } from '../arithmetic/period.ts';
import { instant, localDay, timeZone, weekday } from './fields.ts';
import { defineCalculator, defineShape } from './shapes.ts';

const byInstant = defineShape(
  'at',
  z.strictObject({ tz: timeZone.default('UTC'), weekStart: weekday.default('mon'), at: instant }),
  z.strictObject({ week: z.tuple([localDay, localDay]) }),
  ({ at, tz, weekStart }) => ({ week: weekOf(at, tz, weekStart) }),
);

/** The desk's week around an instant, as two local days. */
export const weekCalculator = defineCalculator('week', [byInstant]);
