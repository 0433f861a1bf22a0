/** A `Date`, or milliseconds since 1970 in UTC. */
export type Instant = Date | number;

const firstSecond = Date.UTC(1900, 0, 1) / 1_000;
const endSecond = Date.UTC(2200, 0, 1) / 1_000;

/** First and last day that openings are looked for; nothing opens outside. */
export const firstDay = firstSecond / 86_400 - 2;
export const lastDay = endSecond / 86_400 + 2;

/**
 * Whole seconds since 1970, fractions cut off, so that sums of differences close exactly.
 *
 * @throws {RangeError} when it is no instant, or not between the years 1900 and 2200.
 */
export function secondsOf(at: Instant): number {
  const seconds = Math.floor((typeof at === 'number' ? at : at.getTime()) / 1_000);
  if (seconds >= firstSecond && seconds < endSecond) return seconds;
  throw new RangeError('Business time needs an instant between the years 1900 and 2200');
}
