/** Calendar days as whole numbers: days since 1970-01-01. */
export const daySeconds = 86_400;

export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / (daySeconds * 1_000);
}

export function dateOfDay(day: number): string {
  return new Date(day * daySeconds * 1_000).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
