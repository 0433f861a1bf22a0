import type { Figure } from './figure-queries.ts';

export type Term =
  | 'start'
  | 'created'
  | 'reopened'
  | 'restored'
  | 'movedIn'
  | 'solved'
  | 'spam'
  | 'merged'
  | 'deleted'
  | 'movedOut';

/** The desk's own sum of a stock: what was there, what came and went, and whether that is what is there. */
export type Identity = Record<Term | 'came' | 'went' | 'net' | 'end', number> & { closes: boolean };

/** Absent from figures that are no stock, and under an agent, since no flow has one. */
export const identityIn = (figure: Figure | undefined): Identity | null =>
  ((figure as Record<string, unknown> | undefined)?.identity as Identity | null | undefined) ?? null;
