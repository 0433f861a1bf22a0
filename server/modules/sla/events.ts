import type { Measure, Target } from './contract.ts';
import type { Promised } from './sla-clock.ts';

/** Which clock: `clockId` is one target of one ticket in one cycle. */
interface ClockNamed {
  clockId: number;
  target: Target;
  cycle: number;
  policyId: number;
}

export type CancelCause = 'solved' | 'hidden' | 'handed_off' | 'unmerged' | 'withdrawn';

declare module '../../platform/events/event-map.ts' {
  interface EventMap {
    'sla_policy.created': { policyId: number; version: number };
    'sla_policy.changed': { policyId: number; version: number };
    'sla_policy.deleted': { policyId: number };
    /** The whole order, first to last. */
    'sla_policy.reordered': { policyIds: number[] };
    /** A promise was made, changed, or (with nulls) taken back by a policy or priority that gives none. */
    'sla.target_applied': Omit<ClockNamed, 'policyId'> & {
      policyId: number | null;
      policyVersion: number | null;
      priority: Promised['priority'];
      clock: Measure | null;
      targetSeconds: number | null;
      dueAt: string | null;
    };
    /** Four fifths of the target are used. Dated at that instant, whenever it was found. */
    'sla.warned': ClockNamed & { dueAt: string | null };
    /** The target was overrun. Dated at the due instant, or where a later promise came too late to be kept, at that. */
    'sla.breached': ClockNamed & { dueAt: string | null };
    /** Only a merge had brought it, and that was undone: it never was. The clock may be breached by its own wait later. */
    'sla.breach_retracted': ClockNamed;
    'sla.fulfilled': ClockNamed & { elapsedSeconds: number; targetSeconds: number; met: boolean };
    /** Nobody waits any more: solved without a reply, hidden (spam, deleted, merged), started anew by a hand-off, or brought by a merge that was undone, or by a reply that was. */
    'sla.cancelled': ClockNamed & { cause: CancelCause };
  }
}
