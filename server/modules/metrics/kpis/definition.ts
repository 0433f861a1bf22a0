import type { ZodType } from 'zod';
import type { Direction } from '../arithmetic/comparison.ts';
import type { Ratio } from '../arithmetic/ratio.ts';
import type { Clock } from '../channel-clock.ts';
import type { Figure, FigureItem, Frame } from '../figure.ts';
import type { Channel } from '../history.ts';
import type { MeasureId, Observation } from '../observation.ts';
import type { ExclusionReason } from '../population.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';

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

/**
 * The rows a figure needs. `period`: dated in the period. `lasting`: a state that holds at its end. `before`: the sum
 * of everything dated before it, as one row. `of_tickets`: every row of the tickets that have an `of` in the period.
 */
export type Read =
  | { readonly rows: 'period' | 'lasting' | 'before'; readonly measure: MeasureId }
  | { readonly rows: 'of_tickets'; readonly measure: MeasureId; readonly of: MeasureId };

/** What a figure can be split and narrowed by; its rows have these dimensions frozen. */
export type Split = 'channel' | 'team' | 'agent' | 'tier' | 'priority' | 'language' | 'target';

export const TICKET_SPLITS: readonly Split[] = ['channel', 'team', 'tier', 'priority', 'language'];
export const CREDITED_SPLITS: readonly Split[] = [...TICKET_SPLITS, 'agent'];
/** What a ticket may be under one of at its one event and under another at the next. */
export const MOVING_SPLITS: readonly Split[] = ['team', 'tier', 'priority', 'agent'];

/** Another arithmetic over rows of the same measures; its value is `num / den`, in the KPI's unit. */
export type GuideVariant = {
  readonly reads: readonly Read[];
  readonly ratio: (observations: readonly Observation[], frame: Frame) => Ratio;
};

export type KpiDefinition = KpiTexts & {
  readonly id: string;
  readonly version: number;
  readonly unit: KpiUnit;
  readonly direction: Direction;
  readonly clock: KpiClock;
  readonly attribution: Attribution;
  readonly exclusions: readonly ExclusionReason[];
  /** The rows `figure` must be given; it ignores others. */
  readonly reads: readonly Read[];
  readonly splits: readonly Split[];
  /** Of these, the ones under which a ticket may count in several groups, so that the groups add up to more than the whole. */
  readonly groupsOverlap?: readonly Split[];
  readonly figure: (
    observations: readonly Observation[],
    frame: Frame,
    settings?: KpiSettings,
  ) => FigureWithDetails;
  /** How the guide counts the same thing, for the explanation; never the headline. */
  readonly guide?: GuideVariant;
  /** The terms of the figure's identity by the names it gives them, each with the rows it counts; `start` is none of them. */
  readonly terms?: Readonly<
    Record<string, (observations: readonly Observation[], frame: Frame) => FigureItem[]>
  >;
  /** The same figure from the sums of its period, over all tickets of the desk; equal to `figure` to the last digit. */
  readonly summed?: (sums: Sums) => SummedFigure;
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
