/** Seconds since 1970, half-open. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A period as the buckets that lie wholly in it, and what is left of it at its two ends. */
export interface Cut {
  /** First whole UTC day, and the one after the last; equal when there is none. */
  readonly firstDay: number;
  readonly endDay: number;
  readonly buckets: readonly { readonly span: number; readonly bucket: number }[];
  readonly edges: readonly Stretch[];
}

const DAY = 86_400;

/** Buckets of 1, 8 and 64 days, as few as will do. */
export function cutWindow({ from, to }: Stretch): Cut {
  const firstDay = Math.ceil(from / DAY);
  const endDay = Math.max(firstDay, Math.floor(to / DAY));
  if (firstDay === endDay) return { firstDay, endDay, buckets: [], edges: keep([{ from, to }]) };
  const edges = keep([
    { from, to: firstDay * DAY },
    { from: endDay * DAY, to },
  ]);
  return { firstDay, endDay, buckets: coverDays(firstDay, endDay), edges };
}

export function coverDays(firstDay: number, endDay: number): Cut['buckets'] {
  const buckets: { span: number; bucket: number }[] = [];
  for (let day = firstDay; day < endDay; ) {
    const span = [2, 1, 0].find((size) => isWhole(day, 8 ** size, endDay)) ?? 0;
    buckets.push({ span, bucket: Math.floor(day / 8 ** span) });
    day += 8 ** span;
  }
  return buckets;
}

function isWhole(day: number, days: number, endDay: number): boolean {
  return Math.floor(day / days) * days === day && day + days <= endDay;
}

function keep(stretches: readonly Stretch[]): Stretch[] {
  return stretches.filter(({ from, to }) => from < to);
}
