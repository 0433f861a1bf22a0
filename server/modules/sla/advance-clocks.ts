import { isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { isUndoing } from '../channels/index.ts';
import { acceptsClaim } from './accepts-claim.ts';
import type { Target } from './contract.ts';
import {
  cancelClock,
  closeRuns,
  countFrom,
  cutInstant,
  fulfilAnyway,
  fulfilClock,
  isLive,
  pauseClock,
  resumeClock,
  reviveClock,
  type SlaClock,
  startClock,
} from './sla-clock.ts';
import { factsOfOpened, isOpening, isSolved, nextFacts, type TicketFacts } from './ticket-facts.ts';

/** What is known of a ticket's promises: its facts, and its clocks, at least the newest of each target. */
export interface TicketClocks {
  readonly facts: TicketFacts;
  readonly clocks: readonly SlaClock[];
}

export const replyTargets: readonly Target[] = ['first_reply', 'next_reply'];
/** What a wait that came in by a merge dates earlier, and what a solution ends. */
const waitTargets: readonly Target[] = ['claim', ...replyTargets];

/**
 * What an event does to the clocks of its ticket, promises apart. Pure: the same events in the same order give the
 * same clocks. Answers null before the ticket was opened.
 */
export function advanceClocks(before: TicketClocks | null, event: RecordedEvent): TicketClocks | null {
  if (isOpening(event)) return openClocks(event);
  if (!before) return null;
  const after = { ...before, facts: nextFacts(before.facts, event) };
  if (after.facts.training) return after;
  // Its clocks are restored by what asks the whole log.
  if (isUndoing(event)) return after;
  return hideOrShow(before, follow(before, followClaim(after, event), event), cutInstant(event.at));
}

function openClocks(event: RecordedEvent<'ticket.opened'>): TicketClocks {
  const facts = factsOfOpened(event);
  const at = cutInstant(event.at);
  const none: TicketClocks = { facts, clocks: [] };
  if (facts.training || facts.origin === 'proactive') return none;
  if (!owesFirstReply(facts)) return startNext(none, 'resolution', at);
  const claim = event.data.assigneeId === null ? startNext(none, 'claim', at) : none;
  return startNext(startNext(claim, 'resolution', at), 'first_reply', at);
}

/** Who phoned was answered while the ticket was written; its speed of answer is the call's. */
const owesFirstReply = (facts: TicketFacts): boolean =>
  !(facts.channel === 'phone' && facts.origin === 'on_behalf');

/** Somebody takes it, even out of sight or solved; or it is given to somebody who has not taken it yet. */
function followClaim(state: TicketClocks, event: RecordedEvent): TicketClocks {
  if (!owesClaim(state)) return state;
  const { facts } = state;
  if (acceptsClaim(event, facts.givenTo ?? null)) {
    const owed = latest(state, 'claim');
    return changeAll(state, (clock) => (clock === owed ? fulfilAnyway(clock, cutInstant(event.at)) : clock));
  }
  if (!isEvent(event, 'ticket.assigned')) return state;
  return { ...state, facts: { ...facts, givenTo: event.data.to } };
}

/** Its claim was promised or may be, and nobody has taken it. */
export const owesClaim = (state: TicketClocks): boolean => latest(state, 'claim')?.fulfilledAt === null;

function follow(before: TicketClocks, state: TicketClocks, event: RecordedEvent): TicketClocks {
  const at = cutInstant(event.at);
  if (state.facts.hidden.length > 0) return state;
  if (isEvent(event, 'message.received')) return awaitReply(state, at);
  if (isEvent(event, 'message.sent')) return event.data.author === 'agent' ? answer(state, at) : state;
  if (isEvent(event, 'ticket.handed_off')) return startAnew(state, at);
  if (isEvent(event, 'ticket.absorbed')) return absorb(state, event, at);
  if (isSolved(before.facts) !== isSolved(state.facts)) {
    return isSolved(state.facts) ? solve(state, at) : reopen(state, at);
  }
  return state;
}

/** A customer wrote: the oldest message without an answer is what counts. */
function awaitReply(state: TicketClocks, at: number): TicketClocks {
  const claim = latest(state, 'claim');
  const unclaimed = claim && owesClaim(state) && !isLive(claim) ? startNext(state, 'claim', at) : state;
  const started =
    latest(state, 'resolution') || isSolved(state.facts) ? unclaimed : startNext(unclaimed, 'resolution', at);
  if (replyTargets.some((target) => isLiveIn(started, target))) return started;
  const first = latest(started, 'first_reply');
  const owed = owesFirstReply(started.facts) && (first?.fulfilledAt ?? null) === null;
  return startNext(started, owed ? 'first_reply' : 'next_reply', at);
}

/** Whoever waited on the ticket that came in has waited since then; a promise made to them is dated no later. */
function absorb(state: TicketClocks, { data }: RecordedEvent<'ticket.absorbed'>, at: number): TicketClocks {
  if (!data.waitingSince || isSolved(state.facts)) return state;
  const since = cutInstant(Date.parse(data.waitingSince));
  const waiting = awaitReply(state, since);
  return change(waiting, waitTargets, (clock) => countFrom(clock, since, at));
}

function answer(state: TicketClocks, at: number): TicketClocks {
  return change(state, replyTargets, (clock) => fulfilClock(clock, at));
}

/** A bot gave the conversation to people: their reply counts from here. */
function startAnew(state: TicketClocks, at: number): TicketClocks {
  if (!isLiveIn(state, 'first_reply')) return state;
  const cancelled = change(state, ['first_reply'], (clock) => cancelClock(clock, at, 'handed_off'));
  return startNext(cancelled, 'first_reply', at);
}

function solve(state: TicketClocks, at: number): TicketClocks {
  const solved = change(state, ['resolution'], (clock) => fulfilClock(clock, at));
  return change(solved, waitTargets, (clock) => cancelClock(clock, at, 'solved'));
}

function reopen(state: TicketClocks, at: number): TicketClocks {
  const ended = latest(state, 'resolution');
  if (!ended || isLive(ended)) return state;
  return startNext(
    state,
    'resolution',
    at,
    closeRuns(ended.runs, ended.fulfilledAt ?? ended.cancelledAt ?? at),
  );
}

/** Spam, deleted or merged away: nobody waits. Back again: everybody has waited all the while. */
function hideOrShow(before: TicketClocks, state: TicketClocks, at: number): TicketClocks {
  const wasHidden = before.facts.hidden.length > 0;
  const isHidden = state.facts.hidden.length > 0;
  if (isHidden && !wasHidden) return changeAll(state, (clock) => cancelClock(clock, at, 'hidden'));
  if (!wasHidden || isHidden || isSolved(state.facts)) return state;
  const shown = changeAll(state, (clock) =>
    clock.cancelledBy === 'hidden' ? reviveClock(clock, at) : clock,
  );
  return reopen(shown, at);
}

/** Resolution stands still in the policy's statuses; claims and replies never do. */
export function pauseOrResume(state: TicketClocks, pausesIn: readonly string[], at: number): TicketClocks {
  const pauses = pausesIn.includes(state.facts.status);
  return change(state, ['resolution'], (clock) => (pauses ? pauseClock(clock, at) : resumeClock(clock, at)));
}

export function latest(state: TicketClocks, target: Target): SlaClock | null {
  return state.clocks.filter((clock) => clock.target === target).reduce<SlaClock | null>(newer, null);
}

const newer = (a: SlaClock | null, b: SlaClock): SlaClock => (a && a.cycle > b.cycle ? a : b);

function isLiveIn(state: TicketClocks, target: Target): boolean {
  const clock = latest(state, target);
  return clock !== null && isLive(clock);
}

function startNext(
  state: TicketClocks,
  target: Target,
  at: number,
  carried?: SlaClock['runs'],
): TicketClocks {
  const cycle = (latest(state, target)?.cycle ?? 0) + 1;
  return { ...state, clocks: [...state.clocks, startClock(target, cycle, at, carried)] };
}

export function changeAll(state: TicketClocks, next: (clock: SlaClock) => SlaClock): TicketClocks {
  return { ...state, clocks: state.clocks.map(next) };
}

function change(
  state: TicketClocks,
  targets: readonly Target[],
  next: (clock: SlaClock) => SlaClock,
): TicketClocks {
  return changeAll(state, (clock) => (targets.includes(clock.target) ? next(clock) : clock));
}
