const DAY = 86_400;

/** How old waiting tickets are: <24 h, 24-72 h inclusive, over 72 h to 7 d inclusive, over 7 d. */
export type AgeBuckets = { '<24h': number; '1-3d': number; '3-7d': number; '>7d': number };

function bucketOfAge(seconds: number): keyof AgeBuckets {
  if (seconds < DAY) return '<24h';
  if (seconds <= 3 * DAY) return '1-3d';
  return seconds <= 7 * DAY ? '3-7d' : '>7d';
}

/** `agesSeconds` are calendar seconds since the ticket entered. */
export function countAges(agesSeconds: readonly number[]): AgeBuckets {
  const buckets: AgeBuckets = { '<24h': 0, '1-3d': 0, '3-7d': 0, '>7d': 0 };
  for (const age of agesSeconds) buckets[bucketOfAge(age)] += 1;
  return buckets;
}
