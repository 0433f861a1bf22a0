import { Temporal } from 'temporal-polyfill';

/**
 * The UTC offsets of one zone, as far as they were asked for. Asking the calendar library for every wall time
 * costs about 30 µs; its list of clock changes, read once a zone, makes the same answers plain arithmetic.
 * `offsets[i]` holds from `starts[i]` to the next start, the last one to `until`. All in whole seconds.
 */
type ZoneOffsets = { tz: string; starts: number[]; offsets: number[]; until: number };

const zones = new Map<string, ZoneOffsets>();
const mostZones = 1_000;
const yearSeconds = 31_622_400;
/** No wall clock is ever further than this from UTC. */
const widestOffset = 26 * 3_600;
const hourSeconds = 3_600;

export function zoneOffsets(tz: string): ZoneOffsets {
  const known = zones.get(tz);
  if (known) return known;
  if (zones.size >= mostZones) zones.clear();
  const zone: ZoneOffsets = { tz, starts: [], offsets: [], until: Number.NEGATIVE_INFINITY };
  zones.set(tz, zone);
  return zone;
}

/** Seconds east of UTC at an instant. */
export function offsetAt(zone: ZoneOffsets, instant: number): number {
  cover(zone, instant, instant);
  return zone.offsets[spanAt(zone, instant)]!;
}

/**
 * The instant at which a wall clock shows `wall` (the wall time counted as if it were UTC). A time that occurs
 * twice means its first occurrence; one that the clock skips moves on hour by hour until it exists.
 */
export function instantOfWall(zone: ZoneOffsets, wall: number): number {
  const latest = wall + widestOffset;
  cover(zone, wall - widestOffset, latest);
  const { starts, offsets } = zone;
  for (let span = spanAt(zone, wall - widestOffset); span < starts.length; span++) {
    if (starts[span]! > latest) break;
    const instant = wall - offsets[span]!;
    const end = starts[span + 1] ?? zone.until;
    if (instant >= starts[span]! && instant < end) return instant;
  }
  return instantOfWall(zone, wall + hourSeconds);
}

function spanAt({ starts }: ZoneOffsets, instant: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}

function cover(zone: ZoneOffsets, from: number, to: number): void {
  if (zone.starts.length === 0) {
    Object.assign(zone, readOffsets(zone.tz, from - yearSeconds, to + yearSeconds));
  }
  if (from < zone.starts[0]!) {
    const read = readOffsets(zone.tz, from - yearSeconds, zone.starts[0]! - 1);
    zone.starts.unshift(...read.starts);
    zone.offsets.unshift(...read.offsets);
  }
  if (to >= zone.until) {
    const read = readOffsets(zone.tz, zone.until, to + yearSeconds);
    zone.starts.push(...read.starts);
    zone.offsets.push(...read.offsets);
    zone.until = read.until;
  }
}

function readOffsets(tz: string, from: number, to: number): Omit<ZoneOffsets, 'tz'> {
  const starts: number[] = [];
  const offsets: number[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(
    from * 1_000,
  ).toZonedDateTimeISO(tz);
  let until = from;
  while (at && until <= to) {
    starts.push(until);
    offsets.push(at.offsetNanoseconds / 1e9);
    at = at.getTimeZoneTransition('next');
    until = at ? at.epochMilliseconds / 1_000 : Number.POSITIVE_INFINITY;
  }
  return { starts, offsets, until };
}
