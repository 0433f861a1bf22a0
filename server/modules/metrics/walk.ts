import type { HistoryEvent, Priority, TicketHistory, TicketStatus } from './history.ts';
import { isSolved } from './history.ts';
import type { Dimensions } from './observation.ts';
import { demandStart, isMarkedFromTheStart, MARKS } from './population.ts';

/** How a ticket stood after an event. `agentId` is the assignee of that moment. */
export type TicketState = {
  readonly status: TicketStatus;
  readonly teamId: string | null;
  readonly tier: string | null;
  readonly priority: Priority | null;
  readonly agentId: string | null;
  /** Spam, merged or deleted at that moment. */
  readonly removed: boolean;
  /** Has become demand: created, or for one the desk began, answered by the customer. */
  readonly entered: boolean;
  /** A person of the desk has worked on it: message, claim, call, hand-off, assignment by hand. */
  readonly humanTouched: boolean;
  readonly botTouched: boolean;
};

export type Step = {
  readonly event: HistoryEvent;
  readonly before: TicketState;
  readonly after: TicketState;
  /** The status change that a merge makes on the ticket it swallows: no one solved anything. */
  readonly closedByMerge: boolean;
};

/** Plays a history once; every measure reads the same steps. */
export function walkHistory(history: TicketHistory): Step[] {
  const entry = demandStart(history);
  const marks = new Set<string>(isMarkedFromTheStart(history) ? ['start'] : []);
  let before = stateAtCreation(history, marks.size > 0);
  return history.events.map((event, index) => {
    applyMark(marks, event);
    const after = {
      ...applyFact(before, event),
      removed: marks.size > 0,
      entered: before.entered || event === entry,
    };
    const step = { event, before, after, closedByMerge: isMergeClose(history.events, index) };
    before = after;
    return step;
  });
}

export function inStock(state: TicketState): boolean {
  return state.entered && !state.removed && !isSolved(state.status);
}

export function isSolve({ event, before, after, closedByMerge }: Step): boolean {
  const wasUnsolved = event.type === 'opened' || !isSolved(before.status);
  return wasUnsolved && isSolved(after.status) && !closedByMerge && !after.removed;
}

export function isReopen({ before, after, event }: Step): boolean {
  return event.type !== 'opened' && isSolved(before.status) && !isSolved(after.status);
}

/** Solved by the bot alone: no person had touched it and no person set the status. */
export function isBotOnlySolve({ event, before }: Step): boolean {
  if (event.type !== 'status' || event.actor === 'agent' || before.humanTouched) return false;
  return event.actor === 'bot' || before.botTouched;
}

export function dimensionsOf(history: TicketHistory, state: TicketState, agentId: string | null): Dimensions {
  return {
    channel: history.channel,
    teamId: state.teamId,
    tier: state.tier,
    priority: state.priority,
    language: history.language,
    agentId,
  };
}

function stateAtCreation(history: TicketHistory, removed: boolean): TicketState {
  return {
    status: 'new',
    teamId: history.teamId,
    tier: history.tier,
    priority: history.priority,
    agentId: null,
    removed,
    entered: false,
    humanTouched: false,
    botTouched: false,
  };
}

function applyFact(state: TicketState, event: HistoryEvent): TicketState {
  const humanTouched = state.humanTouched || isHumanTouch(event);
  const botTouched = state.botTouched || (event.type === 'message' && event.author === 'bot');
  const touched = { ...state, humanTouched, botTouched };
  switch (event.type) {
    case 'opened':
      return { ...touched, status: event.status };
    case 'status':
      return { ...touched, status: event.to };
    case 'assign':
      return { ...touched, agentId: event.to };
    case 'claim':
      return { ...touched, agentId: event.agentId };
    case 'team':
      return { ...touched, teamId: event.to };
    case 'tier':
      return { ...touched, tier: event.to };
    case 'priority':
      return { ...touched, priority: event.to };
    default:
      return touched;
  }
}

function isHumanTouch(event: HistoryEvent): boolean {
  if (event.type === 'message') return event.author === 'agent';
  if (event.type === 'assign') return event.by === 'agent' && event.to !== null;
  if (event.type === 'call') return event.answered;
  return event.type === 'claim' || event.type === 'handoff';
}

function applyMark(marks: Set<string>, event: HistoryEvent): void {
  for (const [mark, { on, off }] of Object.entries(MARKS)) {
    if (event.type === on) marks.add(mark);
    if (event.type === off) marks.delete(mark);
  }
}

function isMergeClose(events: readonly HistoryEvent[], index: number): boolean {
  const event = events[index];
  if (event?.type !== 'status' || !isSolved(event.to)) return false;
  return events.some((other) => other.type === 'merge' && other.at === event.at);
}
