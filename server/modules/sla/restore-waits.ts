import { isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { isUndoing } from '../channels/index.ts';
import { latest, replyTargets, type TicketClocks } from './advance-clocks.ts';
import { cancelClock, cutInstant, isLive, type Run, type SlaClock } from './sla-clock.ts';

export interface TakenBack {
  /** The clocks as the log tells them without what was taken back. */
  without: TicketClocks | null;
  at: number;
  /** When the status was changed, if that is what was taken back; else null. */
  statusSince: number | null;
}

/** Whether an event takes something back: a change of the ticket, or a message. */
export const takesBack = (event: RecordedEvent): boolean =>
  isUndoing(event) || isEvent(event, 'message.withdrawn');

/** When the change of status was made that an event takes back. */
export function undoneStatusSince(log: readonly RecordedEvent[], event: RecordedEvent): number | null {
  if (!isEvent(event, 'ticket.status_changed')) return null;
  const undone = log.find(({ id }) => event.data.undoes?.includes(id));
  return undone ? cutInstant(undone.at) : null;
}

/**
 * Something was taken back: a reply before it was sent, and whoever waited for it has waited all the while; a mail off
 * its ticket, and nobody waits because of it; a change of status, and with it the solution, the reopening or the pause
 * that it brought; a claim. Pure.
 */
export function restoreWaits(state: TicketClocks, taken: TakenBack): TicketClocks {
  const restored = { ...state, clocks: state.clocks.map((clock) => restore(clock, taken)) };
  const whole = (taken.without?.clocks ?? [])
    .filter((own) => isUnknown(own, state))
    .reduce(addClock, restored);
  const givenTo = taken.without?.facts.givenTo;
  return givenTo === undefined ? whole : { ...whole, facts: { ...whole.facts, givenTo } };
}

/** A wait that began after the reply, and would have been another one without it. */
const isUnknown = (own: SlaClock, { clocks }: TicketClocks): boolean =>
  replyTargets.includes(own.target) &&
  isLive(own) &&
  !clocks.some(({ target, startedAt }) => target === own.target && startedAt >= own.startedAt);

const addClock = (state: TicketClocks, clock: SlaClock): TicketClocks => ({
  ...state,
  clocks: [...state.clocks, { ...clock, cycle: (latest(state, clock.target)?.cycle ?? 0) + 1 }],
});

function restore(clock: SlaClock, taken: TakenBack): SlaClock {
  return clock.target === 'resolution' ? restoreResolution(clock, taken) : restoreWait(clock, taken);
}

function restoreWait(clock: SlaClock, { without, at, statusSince }: TakenBack): SlaClock {
  const own = sameIn(without, clock);
  // Who wrote after the reply that was none began a wait of their own; there is only the older one now.
  if (!own) return withdraw(clock, at);
  const wasEnded = clock.fulfilledAt !== null || (statusSince !== null && clock.cancelledBy === 'solved');
  if (!wasEnded || endsAlike(own, clock)) return clock;
  return { ...clock, ...endOf(own), runs: own.runs };
}

/** Only a change of status touches it. How it ran before is its own: policies differ in when it stands still. */
function restoreResolution(clock: SlaClock, { without, at, statusSince }: TakenBack): SlaClock {
  if (statusSince === null) return clock;
  const own = sameIn(without, clock);
  // The first began with the clock, if in the very second.
  const earlier = clock.runs.filter(([from], n) => n === 0 || from < statusSince);
  // A reopened one that never was leaves to the next what ran before it.
  if (!own) return isLive(clock) ? withdraw({ ...clock, runs: earlier }, at) : clock;
  if (endsAlike(own, clock) && !isLive(clock)) return clock;
  const runs = earlier.map(([from, to]): Run => [from, to !== null && to >= statusSince ? null : to]);
  return { ...clock, ...endOf(own), runs };
}

/** By its start: cycles that were taken back before are not in the log's count. */
function sameIn(without: TicketClocks | null, { target, cycle, startedAt }: SlaClock): SlaClock | undefined {
  const same = without?.clocks.filter((own) => own.target === target && own.startedAt === startedAt) ?? [];
  return same.find((own) => own.cycle === cycle) ?? same.at(-1);
}

/** It never was, and broke no promise. */
function withdraw(clock: SlaClock, at: number): SlaClock {
  return isLive(clock) ? cancelClock({ ...clock, breachedAt: null }, at, 'withdrawn') : clock;
}

const endOf = ({ fulfilledAt, cancelledAt, cancelledBy }: SlaClock) => ({
  fulfilledAt,
  cancelledAt,
  cancelledBy,
});

const endsAlike = (a: SlaClock, b: SlaClock): boolean =>
  a.fulfilledAt === b.fulfilledAt && a.cancelledBy === b.cancelledBy;
