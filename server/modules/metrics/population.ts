import type { HistoryEvent, TicketHistory } from './history.ts';
import { isCustomerMessage } from './history.ts';

/** Why a ticket is left out of a figure today; the reasons are counted and shown under the number. */
export const EXCLUSION_REASONS = ['spam', 'merged', 'training', 'deleted', 'proactive'] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** Judged by the present state, so a closed period changes when a ticket is found to be spam. */
export function findExclusion(history: TicketHistory): ExclusionReason | null {
  if (isMarked(history, 'spam')) return 'spam';
  if (isMarked(history, 'merged')) return 'merged';
  if (history.training) return 'training';
  if (isMarked(history, 'deleted')) return 'deleted';
  return demandStart(history) === null ? 'proactive' : null;
}

/**
 * The event with which a ticket becomes demand: its opening, or for one the desk began, the first
 * public message of the customer. `null` while the customer has not replied.
 */
export function demandStart(history: TicketHistory): HistoryEvent | null {
  const starts = history.origin === 'proactive' ? isCustomerMessage : isOpening;
  return history.events.find((event) => starts(event)) ?? null;
}

/** A mark without an event has no instant: such a ticket never entered any stock. */
export function isMarkedFromTheStart(history: TicketHistory): boolean {
  const marks = Object.keys(MARKS) as Mark[];
  return marks.some((mark) => lastMarkEvent(history, mark) === undefined && MARKS[mark].flag(history));
}

type Mark = 'spam' | 'merged' | 'deleted';
type MarkRule = {
  on: HistoryEvent['type'];
  off: HistoryEvent['type'];
  flag: (history: TicketHistory) => boolean;
};

export const MARKS: Record<Mark, MarkRule> = {
  spam: { on: 'spam', off: 'unspam', flag: (history) => history.spamNow },
  merged: { on: 'merge', off: 'unmerge', flag: (history) => history.mergedInto !== null },
  deleted: { on: 'delete', off: 'restore', flag: (history) => history.deletedNow },
};

function isMarked(history: TicketHistory, mark: Mark): boolean {
  const last = lastMarkEvent(history, mark);
  return last === undefined ? MARKS[mark].flag(history) : last.type === MARKS[mark].on;
}

function lastMarkEvent(history: TicketHistory, mark: Mark): HistoryEvent | undefined {
  const { on, off } = MARKS[mark];
  return history.events.findLast((event) => event.type === on || event.type === off);
}

function isOpening(event: HistoryEvent): boolean {
  return event.type === 'opened';
}
