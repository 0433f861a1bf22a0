export const units = ['seconds', 'minutes', 'hours', 'days', 'weeks'] as const;
export type Unit = (typeof units)[number];

const lengths: Record<Unit, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400, weeks: 604_800 };

export const secondsOf = (amount: number, unit: Unit): number => Math.round(amount * lengths[unit]);

/** The largest unit in which the seconds are a whole number. */
export function unitOf(seconds: number): Unit {
  return [...units].reverse().find((unit) => seconds > 0 && seconds % lengths[unit] === 0) ?? 'seconds';
}

export const amountOf = (seconds: number, unit: Unit): number => seconds / lengths[unit];
