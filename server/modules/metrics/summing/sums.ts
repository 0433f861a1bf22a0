import type { AgeBuckets } from '../arithmetic/age-buckets.ts';
import type { Distribution } from '../arithmetic/distribution.ts';
import { percentOf } from '../arithmetic/ratio.ts';
import type { Exclusions, Figure, Frame } from '../figure.ts';
import { noExclusions } from '../figure.ts';
import type { Channel } from '../history.ts';
import type { Observation } from '../observation.ts';
import type { ExclusionReason } from '../population.ts';

/** What is summed by day. `cohort`: tickets solved by now, dated by their creation. */
export type Series =
  | 'created'
  | 'solve'
  | 'first_resolution'
  | 'full_resolution'
  | 'first_response'
  | 'any_response'
  | 'claim'
  | 'backlog_flow'
  | 'sla_outcome'
  | 'cohort';
export type RankClock = 'calendar' | 'business' | 'clocked' | 'creation';

/** Rows that agree in everything a figure asks of them, and their sums in seconds or counts. */
export interface SumGroup {
  readonly kind: string;
  readonly channel: string;
  readonly reason: ExclusionReason | null;
  /** The state has not ended: solved and not reopened. */
  readonly lasts: boolean;
  readonly n: number;
  readonly value: number;
  readonly business: number;
  readonly clocked: number;
  readonly creation: number;
}

/**
 * A period without its rows. All tickets of the desk are in it; what depends on two rows of one ticket is only in
 * `tangled`: every row of the tickets that a solve in the period was undone of. All others were solved once in it at
 * most, so their rows can be counted as tickets: `plain`.
 */
export interface Sums {
  readonly frame: Frame;
  readonly groups: (series: Series) => readonly SumGroup[];
  readonly plain: (series: Series) => readonly SumGroup[];
  readonly tangled: readonly Observation[];
  /** Plain tickets that are counted, solved in the period and created before it. */
  readonly solvedOfEarlier: number;
  /** Sum of all stock changes before the period. */
  readonly stockBefore: number;
  /** Counted rows on a clock; without ranks where nobody asked for them. */
  readonly spread: (series: Series, clock: RankClock) => Distribution;
  /** Counted claims of a channel that took no longer than its limit. */
  readonly claimsInTime: (channel: Channel) => number;
  /** States at the last known second of the period; of a comparison's stock only the count. */
  readonly unsolved: StockState;
  readonly unanswered: { readonly n: number; readonly oldestSince: number | null };
  readonly unclaimed: ReadonlyMap<Channel, { readonly n: number; readonly missed: number }>;
}

export interface StockState {
  readonly n: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly ages: AgeBuckets;
  readonly oldestSince: number | null;
}

/** The numbers of a figure whose rows were not read. */
export type SummedFigure = Omit<Figure, 'items'> & { readonly details: Readonly<Record<string, unknown>> };

export function kept(groups: readonly SumGroup[]): SumGroup[] {
  return groups.filter(({ reason }) => reason === null);
}

export function countOf(groups: readonly SumGroup[]): number {
  return groups.reduce((sum, { n }) => sum + n, 0);
}

export function exclusionsOf(groups: readonly SumGroup[]): Exclusions {
  const counts = noExclusions();
  for (const { reason, n } of groups) if (reason !== null) counts[reason] += n;
  return counts;
}

export function addExclusions(a: Exclusions, b: Exclusions): Exclusions {
  const counts = noExclusions();
  for (const reason of Object.keys(counts) as ExclusionReason[]) counts[reason] = a[reason] + b[reason];
  return counts;
}

const unranked = { mean: null, median: null, p90: null };

export function summedCount(n: number, exclusions: Exclusions): Omit<Figure, 'items'> {
  return { value: n, numerator: n, denominator: n, n, ...unranked, exclusions };
}

export function summedRatio(
  num: number,
  den: number,
  n: number,
  exclusions: Exclusions,
): Omit<Figure, 'items'> {
  return { value: percentOf({ num, den }), numerator: num, denominator: den, n, ...unranked, exclusions };
}

export function summedDuration(spread: Distribution, exclusions: Exclusions): Omit<Figure, 'items'> {
  const { n, sum, mean, median, p90 } = spread;
  return { value: mean, numerator: sum, denominator: n, n, mean, median, p90, exclusions };
}
