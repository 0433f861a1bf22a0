import { secondsBetween } from './instant.ts';

/**
 * A clock that may stand still: whole seconds between two instants in ms, and the instant in ms at
 * which some have passed (`null` when it never gets there).
 */
export type WorkingTime = {
  readonly secondsBetween: (fromMs: number, toMs: number) => number;
  readonly instantAfter: (fromMs: number, seconds: number) => number | null;
};

/** The calendar clock, and a desk without a schedule. */
export const ALWAYS_OPEN: WorkingTime = {
  secondsBetween,
  instantAfter: (fromMs, seconds) => fromMs + seconds * 1000,
};
