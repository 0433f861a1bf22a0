import { describeValues, sumOf } from './arithmetic/distribution.ts';
import type { Ratio } from './arithmetic/ratio.ts';
import { percentOf } from './arithmetic/ratio.ts';
import type { MeasureId, Observation } from './observation.ts';
import type { ExclusionReason } from './population.ts';
import { EXCLUSION_REASONS } from './population.ts';

/** A row behind a figure: all rows together count `n`, and their parts sum to the numerator. */
export type FigureItem = {
  readonly ticketId: string;
  readonly eventId: string;
  readonly at: number;
  readonly part: number;
  /** The measured thing itself. */
  readonly row: Observation;
};

export type Exclusions = Record<ExclusionReason, number>;

/** The numbers of the explain contract. `value` and means are `null` where there is no data. */
export type Figure = {
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly exclusions: Exclusions;
  readonly items: readonly FigureItem[];
};

/**
 * The period a figure is asked for, half-open in ms, and the instant up to which events are known.
 * `businessSeconds` ages what is still waiting, on the ticket's own schedules.
 */
export type Frame = {
  readonly from: number;
  readonly to: number;
  readonly asOf: number;
  readonly businessSeconds: (ticketId: string, fromMs: number, toMs: number) => number;
};

/** Rows of one measure whose dating event lies in the period and is known. */
export function inFrame(
  observations: readonly Observation[],
  measure: MeasureId,
  frame: Frame,
): Observation[] {
  return observations.filter(
    (row) => row.measure === measure && row.at >= frame.from && row.at < frame.to && row.at <= frame.asOf,
  );
}

export function counted(rows: readonly Observation[]): Observation[] {
  return rows.filter((row) => row.excludedReason === null);
}

/** How many rows each reason keeps out, zeros included. */
export function countExclusions(rows: readonly Observation[]): Exclusions {
  const counts = noExclusions();
  for (const { excludedReason } of rows) if (excludedReason !== null) counts[excludedReason] += 1;
  return counts;
}

export function noExclusions(): Exclusions {
  return Object.fromEntries(EXCLUSION_REASONS.map((reason) => [reason, 0] as const)) as Exclusions;
}

/** The last known instant of the period: what holds then holds "at its end", or now if that is earlier. */
export function endOf(frame: Frame): number {
  return Math.min(frame.to - 1000, frame.asOf);
}

export function holdsAt(row: Observation, at: number): boolean {
  return row.at <= at && (row.until === null || row.until > at);
}

export function itemOf(row: Observation, part: number): FigureItem {
  return { ticketId: row.ticketId, eventId: row.eventId, at: row.at, part, row };
}

export function countFigure(items: readonly FigureItem[], exclusions: Exclusions): Figure {
  const numerator = sumOf(items.map(({ part }) => part));
  const n = items.length;
  return {
    value: numerator,
    numerator,
    denominator: n,
    n,
    mean: null,
    median: null,
    p90: null,
    exclusions,
    items,
  };
}

export function ratioFigure(items: readonly FigureItem[], exclusions: Exclusions, den?: number): Figure {
  const ratio: Ratio = { num: sumOf(items.map(({ part }) => part)), den: den ?? items.length };
  return {
    value: percentOf(ratio),
    numerator: ratio.num,
    denominator: ratio.den,
    n: items.length,
    mean: null,
    median: null,
    p90: null,
    exclusions,
    items,
  };
}

export function durationFigure(items: readonly FigureItem[], exclusions: Exclusions): Figure {
  const { n, sum, mean, median, p90 } = describeValues(items.map(({ part }) => part));
  return { value: mean, numerator: sum, denominator: n, n, mean, median, p90, exclusions, items };
}

/** The first row of each ticket, in time order. */
export function firstOfEachTicket(rows: readonly Observation[]): Observation[] {
  const first = new Map<string, Observation>();
  for (const row of rows) {
    const known = first.get(row.ticketId);
    if (known === undefined || row.at < known.at) first.set(row.ticketId, row);
  }
  return [...first.values()];
}
