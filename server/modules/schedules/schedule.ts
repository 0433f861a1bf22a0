import type { z } from 'zod';
import { scheduleSchema, weeklyScheduleSchema } from './contract.ts';

declare const parsed: unique symbol;

/** A checked schedule, frozen. Only `parseSchedule` makes one. */
export type Schedule = Readonly<z.output<typeof scheduleSchema>> & { readonly [parsed]: true };

/** What is wrong with a schedule: one entry a fault, `path` such as `hours.mon.0`. */
export class ScheduleError extends Error {
  readonly issues: readonly { path: string; message: string }[];

  constructor(issues: readonly { path: string; message: string }[]) {
    super(issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '));
    this.name = 'ScheduleError';
    this.issues = issues;
  }
}

const mostRemembered = 64;
const remembered = new Map<string, Schedule>();

/**
 * Reads `{tz, hours, shifts?, breaks?, holidays?}`, or the same with `weekly` for `hours` (see `contract.ts`).
 * The last 64 are remembered by their JSON, so that a schedule read from its row again is still warm.
 *
 * @throws {ScheduleError} on an unknown zone, a wrong time or date, an interval that is empty or overlaps
 * another of its week or shift day, or an unknown field.
 */
export function parseSchedule(input: unknown): Schedule {
  const key = JSON.stringify(input) ?? '';
  const schedule = remembered.get(key) ?? readSchedule(input);
  remembered.delete(key);
  remembered.set(key, schedule);
  if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!);
  return schedule;
}

function readSchedule(input: unknown): Schedule {
  const isWeekly = typeof input === 'object' && input !== null && 'weekly' in input;
  const read = isWeekly ? weeklyScheduleSchema.safeParse(input) : scheduleSchema.safeParse(input);
  if (!read.success) {
    throw new ScheduleError(
      read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    );
  }
  const { tz, shifts, breaks, holidays } = read.data;
  const hours = 'weekly' in read.data ? read.data.weekly : read.data.hours;
  return freezeDeep({ tz, hours, shifts, breaks, holidays }) as Schedule;
}

function freezeDeep<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) freezeDeep(part);
  }
  return Object.freeze(value);
}
