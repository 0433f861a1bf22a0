/** A token bucket a caller: `limit` requests a minute, bursts up to a quarter of it. In memory, per process. */
export interface RateLimiter {
  /**
   * `remaining` is what is left in proportion to `limit`: all of it before a burst, nothing before a refusal.
   * `waitSeconds` is null when allowed.
   */
  take(who: string, limit: number): { remaining: number; waitSeconds: number | null };
}

interface Bucket {
  tokens: number;
  at: number;
}

const mostBuckets = 50_000;

export function createRateLimiter(now: () => number = Date.now): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take(who, limit) {
      const burst = Math.max(5, Math.ceil(limit / 4));
      const at = now();
      const bucket = buckets.get(who) ?? { tokens: burst, at };
      bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 60_000) * limit);
      bucket.at = at;
      // Re-inserted last, so that the oldest callers are the first to be forgotten.
      buckets.delete(who);
      buckets.set(who, bucket);
      if (buckets.size > mostBuckets) buckets.delete(buckets.keys().next().value as string);
      if (bucket.tokens < 1)
        return { remaining: 0, waitSeconds: Math.ceil(((1 - bucket.tokens) / limit) * 60) };
      bucket.tokens -= 1;
      return { remaining: Math.floor((bucket.tokens / burst) * limit), waitSeconds: null };
    },
  };
}
