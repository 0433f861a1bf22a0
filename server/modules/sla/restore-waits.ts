import type { TicketClocks } from './advance-clocks.ts';
import type { Target } from './contract.ts';
import { cancelClock, isLive, type SlaClock } from './sla-clock.ts';

const waitTargets: readonly Target[] = ['claim', 'first_reply', 'next_reply'];

/**
 * A reply was taken back before it was sent: whoever waited for it has waited all the while. `without` are the clocks
 * as the log tells them without that reply. Pure.
 */
export function restoreWaits(state: TicketClocks, without: TicketClocks | null, at: number): TicketClocks {
  return { ...state, clocks: state.clocks.map((clock) => restore(clock, without, at)) };
}

function restore(clock: SlaClock, without: TicketClocks | null, at: number): SlaClock {
  if (!waitTargets.includes(clock.target)) return clock;
  const own = without?.clocks.find(({ target, cycle }) => target === clock.target && cycle === clock.cycle);
  // Who wrote after the reply that was none began a wait of their own; there is only the older one now.
  if (!own) return isLive(clock) ? cancelClock(clock, at, 'withdrawn') : clock;
  if (clock.fulfilledAt === null || own.fulfilledAt === clock.fulfilledAt) return clock;
  const { runs, fulfilledAt, cancelledAt, cancelledBy } = own;
  return { ...clock, runs, fulfilledAt, cancelledAt, cancelledBy };
}
