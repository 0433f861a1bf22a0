import { z } from 'zod';
import { secondsBetween } from '../arithmetic/instant.ts';
import type { WorkingTime } from '../arithmetic/working-time.ts';
import { count, instant, schedule, scheduleHistory } from './fields.ts';
import { workingTimeOf, workingTimeOfHistory } from './schedule-input.ts';
import { defineCalculator, defineShape } from './shapes.ts';

const span = { from: instant, to: instant };
const output = z.strictObject({ businessSeconds: count, calendarSeconds: count });
const IN_ORDER = { error: 'The end cannot come before the beginning', path: ['to'] };

const oneSchedule = defineShape(
  'schedule',
  z.strictObject({ schedule, ...span }).refine(({ from, to }) => from <= to, IN_ORDER),
  output,
  (input) => measure(workingTimeOf(input.schedule), input.from, input.to),
);

const changingSchedule = defineShape(
  'schedules',
  z.strictObject({ schedules: scheduleHistory, ...span }).refine(({ from, to }) => from <= to, IN_ORDER),
  output,
  (input) => measure(workingTimeOfHistory(input.schedules), input.from, input.to),
);

/** Business and calendar seconds between two instants, on the hours valid at each moment. */
export const businessTimeCalculator = defineCalculator('business_time', [oneSchedule, changingSchedule]);

function measure(time: WorkingTime, from: number, to: number) {
  return { businessSeconds: time.secondsBetween(from, to), calendarSeconds: secondsBetween(from, to) };
}
