import { z } from 'zod';
import { weeklyScheduleSchema } from '../../schedules/contract.ts';
import { wholeSecond } from '../arithmetic/instant.ts';
import { WEEKDAYS } from '../arithmetic/period.ts';

/** The small words of which every calculator's input is made. */

const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2200, 0, 1);

export const count = z.int().min(0);

/** An instant with its offset, "2026-03-02T09:00:00Z", read as ms cut to whole seconds. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => wholeSecond(Date.parse(text)))
  .refine((ms) => ms >= FIRST && ms < LAST, { error: 'The instant must lie between 1900 and 2200' });

export const localDay = z.iso.date();

export const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'This is not a time zone of the tz database' });

/** Half-open local days; without a zone they are UTC days. */
export const period = z
  .strictObject({ from: localDay, to: localDay, tz: timeZone.default('UTC') })
  .refine(({ from, to }) => from <= to, { error: 'A period cannot end before it begins', path: ['to'] });

export const weekday = z.enum(WEEKDAYS);

export const schedule = weeklyScheduleSchema;

/** Hours that followed one another, each valid from its instant until the next. */
export const scheduleHistory = z
  .array(
    z.union([
      z.strictObject({ validFrom: instant, schedule }),
      schedule.safeExtend({ validFrom: instant }).transform(({ validFrom, ...hours }) => ({
        validFrom,
        schedule: hours,
      })),
    ]),
  )
  .min(1);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
