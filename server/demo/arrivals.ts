import type { Chance } from './chance.ts';

export const quarterDays = 91;
const daySeconds = 86_400;

export interface Arrival {
  at: Date;
  strike: boolean;
}

/** How many days ago the strike began and ended: a week of the middle of the quarter, Monday to Sunday. */
function strikeDays(now: Date): { from: number; to: number } {
  const weekday = (now.getUTCDay() + 6) % 7;
  return { from: weekday + 42, to: weekday + 36 };
}

function isStrike(at: Date, now: Date): boolean {
  const daysAgo = startOfDay(now) / daySeconds - startOfDay(at) / daySeconds;
  const { from, to } = strikeDays(now);
  return daysAgo <= from && daysAgo >= to;
}

const startOfDay = (at: Date): number => Math.floor(at.getTime() / 1000 / daySeconds) * daySeconds;

/** Mondays are busy, weekends quiet; the autumn sales and the weeks before New Year bring half as much again. */
function weightOf(day: Date, now: Date): number {
  const weekday = [0.55, 1.3, 1.15, 1, 1, 1.05, 0.7][day.getUTCDay()] ?? 1;
  const date = day.toISOString().slice(5, 10);
  const peak = (date >= '11-09' && date <= '11-14') || date >= '12-10' || date <= '01-04';
  const fresh = now.getTime() - day.getTime() < 3 * daySeconds * 1000;
  return weekday * (peak ? 1.6 : 1) * (isStrike(day, now) ? 2.4 : 1) * (fresh ? 2.4 : 1);
}

/** When each of `count` conversations begins, oldest first. People write from morning to midnight, Minsk to Taipei. */
export function planArrivals(chance: Chance, count: number, now: Date): Arrival[] {
  const first = startOfDay(now) - (quarterDays - 1) * daySeconds;
  const days = Array.from(
    { length: quarterDays },
    (_, index) => new Date((first + index * daySeconds) * 1000),
  );
  const weights = days.map((day) => weightOf(day, now));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const latest = now.getTime() - 120_000;
  const arrivals = Array.from({ length: count }, () => {
    const day = days[rankAt(weights, chance.next() * total)] as Date;
    const second = Math.floor(chance.between(0, daySeconds));
    return new Date(Math.min(day.getTime() + second * 1000, latest - chance.whole(0, 14_400) * 1000));
  });
  return arrivals.sort((a, b) => a.getTime() - b.getTime()).map((at) => ({ at, strike: isStrike(at, now) }));
}

/** Which of the weights, laid end to end, holds this place. */
function rankAt(weights: number[], place: number): number {
  let end = 0;
  const found = weights.findIndex((weight) => {
    end += weight;
    return place < end;
  });
  return found === -1 ? weights.length - 1 : found;
}
