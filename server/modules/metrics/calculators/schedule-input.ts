import type { z } from 'zod';
import {
  addBusinessSecondsOver,
  businessSecondsOver,
  parseSchedule,
  type ScheduleHistory,
} from '../../schedules/index.ts';
import { wholeSecond } from '../arithmetic/instant.ts';
import type { WorkingTime } from '../arithmetic/working-time.ts';
import type { schedule as scheduleField, scheduleHistory } from './fields.ts';

/** The clock of one schedule that was valid all the time. */
export function workingTimeOf(input: z.output<typeof scheduleField>): WorkingTime {
  return timeOf([{ validFrom: 0, schedule: parseSchedule(input) }]);
}

/** The clock of schedules that followed one another. */
export function workingTimeOfHistory(input: z.output<typeof scheduleHistory>): WorkingTime {
  return timeOf(input.map(({ validFrom, schedule }) => ({ validFrom, schedule: parseSchedule(schedule) })));
}

function timeOf(history: ScheduleHistory): WorkingTime {
  return {
    secondsBetween: (fromMs, toMs) => businessSecondsOver(history, wholeSecond(fromMs), wholeSecond(toMs)),
    instantAfter: (fromMs, seconds) => addBusinessSecondsOver(history, wholeSecond(fromMs), seconds),
  };
}
