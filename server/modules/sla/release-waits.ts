import { isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import type { TicketClocks } from './advance-clocks.ts';
import type { Target } from './contract.ts';
import { cancelClock, dateClock, isLive, type SlaClock, startNoEarlier } from './sla-clock.ts';
import type { TimeOf } from './ticket-time.ts';

/** The events with what was merged in and taken out again as if it had never waited here. Pure. */
export function withoutReleased(events: readonly RecordedEvent[]): RecordedEvent[] {
  const since = new Map<number, string | null>();
  return events
    .toReversed()
    .map((event) => {
      if (isEvent(event, 'ticket.released')) {
        const { ticketId, waitingSince } = event.data;
        if (!since.has(ticketId)) since.set(ticketId, waitingSince);
      }
      if (!isEvent(event, 'ticket.absorbed')) return event;
      const waitingSince = since.get(event.data.ticketId);
      // An earlier merge of the same ticket was ended by a release of its own.
      since.delete(event.data.ticketId);
      return waitingSince === undefined ? event : { ...event, data: { ...event.data, waitingSince } };
    })
    .toReversed();
}

export interface Released {
  /** The ticket's clocks as its log tells them without the merge. */
  without: TicketClocks | null;
  timeOf: TimeOf;
  at: number;
}

/** What is owed here starts when it would have without the merge, or is not owed at all; what has ended stays. Pure. */
export function releaseWaits(state: TicketClocks, released: Released): TicketClocks {
  return {
    ...state,
    clocks: state.clocks.map((clock) => (isOwed(clock) ? release(clock, released) : clock)),
  };
}

function release(clock: SlaClock, { without, timeOf, at }: Released): SlaClock {
  const own = without?.clocks.find((each) => isOwed(each) && waitOf[each.target] === waitOf[clock.target]);
  const since = own?.runs[0]?.[0];
  if (since === undefined) {
    const unbroken = { ...clock, breachedAt: null };
    return isLive(clock) ? cancelClock(unbroken, at, 'unmerged') : { ...unbroken, cancelledBy: 'unmerged' };
  }
  const later = startNoEarlier(clock, since);
  return later === clock ? clock : judgeAnew(later, timeOf, at);
}

/** Out of sight it is owed, too: as soon as the ticket is back. */
const isOwed = (clock: SlaClock): boolean => isLive(clock) || clock.cancelledBy === 'hidden';

/** A customer waits for one reply, whichever it is. */
const waitOf: Record<Target, string> = {
  claim: 'claim',
  first_reply: 'reply',
  next_reply: 'reply',
  resolution: 'resolution',
};

/** What was told too early, by the older wait, is told again when it is so. */
function judgeAnew(clock: SlaClock, timeOf: TimeOf, at: number): SlaClock {
  const dated = dateClock(clock, timeOf(clock));
  return {
    ...dated,
    warnedAt: dated.warnAt !== null && dated.warnAt <= at ? clock.warnedAt : null,
    breachedAt: dated.overdueAt !== null && dated.overdueAt <= at ? clock.breachedAt : null,
  };
}
