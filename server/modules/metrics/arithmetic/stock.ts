import type { TicketStatus } from '../history.ts';

/** The terms of the backlog identity. All are counts of events; `created` is gross. */
export type StockTerms = {
  readonly start: number;
  readonly created: number;
  readonly reopened: number;
  readonly restored: number;
  readonly movedIn: number;
  readonly solved: number;
  readonly spam: number;
  readonly merged: number;
  readonly deleted: number;
  readonly movedOut: number;
};

/** What the terms come to. Counts of tickets; `net` is signed. */
export type StockBalance = { readonly came: number; readonly went: number; readonly net: number };

export function balanceStock(terms: StockTerms): StockBalance {
  const came = terms.created + terms.reopened + terms.restored + terms.movedIn;
  const went = terms.solved + terms.spam + terms.merged + terms.deleted + terms.movedOut;
  return { came, went, net: came - went };
}

/** start + created + reopened + restored - solves - removed; moves only matter under a filter. */
export function closeStock(terms: StockTerms): number {
  return terms.start + balanceStock(terms).net;
}

export type StatusCounts = Partial<Record<TicketStatus, number>>;

/** Every unsolved status, and of those the ones where the desk is due to act. */
export function countUnsolved(statuses: StatusCounts): { backlog: number; actionable: number } {
  const actionable = (statuses.new ?? 0) + (statuses.open ?? 0);
  return { actionable, backlog: actionable + (statuses.pending ?? 0) + (statuses.on_hold ?? 0) };
}
