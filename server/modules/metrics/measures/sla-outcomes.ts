import type { Life } from '../life.ts';
import type { Reading } from '../observation.ts';
import { dimensionsOf } from '../walk.ts';

/**
 * What became of each promise: 1 for met, 0 for breached, dated by the SLA clock's own event.
 * A clock is judged once: an answer after the breach does not undo it. Claims have a figure of their own, `claim_time`,
 * so their promises are left out of this one.
 */
export function measureSlaOutcomes({ history, steps, entry }: Life): Reading[] {
  if (entry === null) return [];
  const judged = new Set<string>();
  return steps.flatMap(({ event, after }) => {
    if (event.type !== 'sla' || event.target === 'claim' || judged.has(event.clockId)) return [];
    judged.add(event.clockId);
    const dims = dimensionsOf(history, after, after.agentId);
    const value = event.outcome === 'met' ? 1 : 0;
    return [{ measure: 'sla_outcome', key: event.clockId, kind: event.target, event, dims, value } as const];
  });
}
