import {
  addBusinessDays,
  isOnHoliday,
  listDatesAfter,
  listDatesBefore,
  listPeriodsOn,
  localToUtc,
  subtractBusinessDays,
} from './business-days.ts';
import {
  addBusinessSeconds,
  businessSeconds,
  isOnBreak,
  isOpen,
  type OpenPeriod,
  periodsAfter,
  periodsBefore,
  subtractBusinessSeconds,
} from './business-time.ts';
import { type BusinessTimeAnswer, type BusinessTimeRequest, businessTimeRequest } from './contract.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

type Question = ReturnType<typeof businessTimeRequest.parse>;
type Amount = Extract<Question, { op: 'time_after' }>['input'];

/**
 * Answers one question about a schedule given with it: `{tz, hours, shifts, breaks, holidays, op, input}` →
 * `{result}`. Instants are UTC, `YYYY-MM-DDTHH:MM:SSZ`; `within` is in seconds.
 *
 * @throws {ZodError} when the request does not have the shape of `businessTimeRequest`.
 */
export function answerBusinessTime(request: BusinessTimeRequest): BusinessTimeAnswer {
  const question = businessTimeRequest.parse(request);
  const { tz, hours, shifts, breaks, holidays } = question;
  return { result: answer(parseSchedule({ tz, hours, shifts, breaks, holidays }), question) };
}

function answer(schedule: Schedule, { op, input }: Question): BusinessTimeAnswer['result'] {
  switch (op) {
    case 'within':
      return businessSeconds(schedule, Date.parse(input.from), Date.parse(input.to));
    case 'time_after':
      return isoOrNull(timeAfter(schedule, input));
    case 'time_before':
      return isoOrNull(timeBefore(schedule, input));
    case 'periods_after':
      return periodsAfter(schedule, Date.parse(input.at), input.count).map(isoPair);
    case 'periods_before':
      return periodsBefore(schedule, Date.parse(input.at), input.count).map(isoPair);
    case 'periods_on':
      return listPeriodsOn(schedule, input.date).map(isoPair);
    case 'dates_after':
      return listDatesAfter(schedule, input.date, input.count);
    case 'dates_before':
      return listDatesBefore(schedule, input.date, input.count);
    case 'date_active':
      return listPeriodsOn(schedule, input.date).length > 0;
    case 'in_hours':
      return isOpen(schedule, Date.parse(input.at));
    case 'on_break':
      return isOnBreak(schedule, Date.parse(input.at));
    case 'on_holiday':
      return isOnHoliday(schedule, Date.parse(input.at));
    case 'local_to_utc':
      return iso(localToUtc(schedule, input.date, input.time));
  }
}

function timeAfter(schedule: Schedule, { at, n, unit }: Amount): number | null {
  const start = Date.parse(at);
  if (unit === 'day' || unit === 'days') return addBusinessDays(schedule, start, n);
  return addBusinessSeconds(schedule, start, n * unitSeconds[unit]);
}

function timeBefore(schedule: Schedule, { at, n, unit }: Amount): number | null {
  const end = Date.parse(at);
  if (unit === 'day' || unit === 'days') return subtractBusinessDays(schedule, end, n);
  return subtractBusinessSeconds(schedule, end, n * unitSeconds[unit]);
}

const unitSeconds = { second: 1, seconds: 1, minute: 60, minutes: 60, hour: 3_600, hours: 3_600 };

function isoOrNull(instant: number | null): string | null {
  return instant === null ? null : iso(instant);
}

function isoPair({ start, end }: OpenPeriod): [string, string] {
  return [iso(start), iso(end)];
}

function iso(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
