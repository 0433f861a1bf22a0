import type { ZodType } from 'zod';
import type { Direction } from '../arithmetic/comparison.ts';
import type { Clock } from '../channel-clock.ts';
import type { Figure, Frame } from '../figure.ts';
import type { Channel } from '../history.ts';
import type { MeasureId, Observation } from '../observation.ts';
import type { ExclusionReason } from '../population.ts';

/** `none` for counts; `channel` is calendar for chat and phone and business for what is written. */
export type KpiClock = 'none' | 'calendar' | 'business' | 'channel';
export type KpiUnit = 'tickets' | 'percent' | 'seconds';

/** The event whose instant puts a row into a period. */
export type Attribution = 'created' | 'replied' | 'solved' | 'claimed' | 'judged' | 'instant';

/** Message ids of what people read; the texts are in the catalogues. */
export type KpiTexts = {
  readonly nameKey: string;
  readonly definitionKey: string;
  readonly numeratorKey: string;
  /** null for plain counts, which are divided by nothing. */
  readonly denominatorKey: string | null;
  readonly includedKey: string;
  readonly excludedKey: string;
};

/**
 * The same definition by hand: one of several input shapes in, figures out. `calculate` throws a
 * ZodError that names every field that is missing, wrong or unknown.
 */
export type Calculator = {
  readonly id: string;
  readonly input: ZodType;
  readonly output: ZodType;
  readonly calculate: (input: unknown) => Record<string, unknown>;
};

/** What a KPI says beside its headline figure. */
export type FigureWithDetails = Figure & { readonly details: Readonly<Record<string, unknown>> };

export type ClaimLimits = Readonly<Partial<Record<Channel, number>>>;

/** What the desk has set for its figures; absent means the KPI's own default. */
export type KpiSettings = { readonly claimLimitSeconds?: ClaimLimits; readonly clock?: Clock };

export type KpiDefinition = KpiTexts & {
  readonly id: string;
  readonly version: number;
  readonly unit: KpiUnit;
  readonly direction: Direction;
  readonly clock: KpiClock;
  readonly attribution: Attribution;
  readonly exclusions: readonly ExclusionReason[];
  /** The measures whose rows `figure` must be given; it ignores others. */
  readonly measures: readonly MeasureId[];
  readonly figure: (
    observations: readonly Observation[],
    frame: Frame,
    settings?: KpiSettings,
  ) => FigureWithDetails;
  readonly calculator: Calculator;
};

export function textsOf(id: string): KpiTexts {
  return {
    nameKey: `kpi.${id}.name`,
    definitionKey: `kpi.${id}.definition`,
    numeratorKey: `kpi.${id}.numerator`,
    denominatorKey: `kpi.${id}.denominator`,
    includedKey: `kpi.${id}.included`,
    excludedKey: `kpi.${id}.excluded`,
  };
}

export function countTextsOf(id: string): KpiTexts {
  return { ...textsOf(id), denominatorKey: null };
}
