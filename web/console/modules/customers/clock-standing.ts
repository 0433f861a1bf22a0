import type { ClockView } from '../../../../server/modules/sla/contract.ts';
import type { PromiseState } from '../../../ui/promise-mark.tsx';
import { type Promised, promiseOf, secondsShown } from '../inbox/list/row-promise.tsx';

const states: Record<ClockView['state'], PromiseState> = {
  running: 'running',
  due_soon: 'due',
  paused: 'paused',
  breached: 'late',
  met: 'good',
  missed: 'missed',
  cancelled: 'paused',
};

/** When it stopped for good: it was kept, or there was nothing left to keep. Epoch ms; null while it is owed. */
export const endOf = ({ fulfilledAt, cancelledAt }: ClockView): number | null => {
  const at = fulfilledAt ?? cancelledAt;
  return at === null ? null : Date.parse(at);
};

/**
 * Where a promise stands at an instant, by the calendar as in the list and the head of the ticket, so that one
 * promise has one countdown. What has ended stands as it ended: late for good, but no longer an alarm. A paused one
 * has no due time: only the desk knows its rest.
 */
export function standingOf(clock: ClockView, now: number): Promised {
  const endedAt = endOf(clock);
  const counting = endedAt === null && clock.state !== 'paused' ? promiseOf(clock, now) : null;
  if (counting) return counting;
  const left =
    clock.dueAt === null || clock.state === 'paused'
      ? clock.remainingSeconds
      : Math.round((Date.parse(clock.dueAt) - (endedAt ?? now)) / 1000);
  return { state: states[clock.state], secondsLeft: secondsShown(left) };
}
