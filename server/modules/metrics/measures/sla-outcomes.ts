import type { Life } from '../life.ts';
import type { Reading } from '../observation.ts';
import { dimensionsOf } from '../walk.ts';

/**
 * What became of each promise: 1 for met, 0 for breached, dated by the SLA clock's own event.
 * A clock is judged once: an answer after the breach does not undo it; only a breach that is retracted was none, and the
 * clock is judged by what comes after. Claims have a figure of their own, `claim_time`, so their promises are left out
 * of this one.
 */
export function measureSlaOutcomes({ history, steps, entry }: Life): Reading[] {
  if (entry === null) return [];
  const judged = new Map<string, Reading>();
  for (const { event, after } of steps) {
    if (event.type !== 'sla' || event.target === 'claim') continue;
    const { clockId: key, target: kind } = event;
    if (event.outcome === 'retracted') judged.delete(key);
    else if (!judged.has(key)) {
      const dims = dimensionsOf(history, after, after.agentId);
      judged.set(key, {
        measure: 'sla_outcome',
        key,
        kind,
        event,
        dims,
        value: event.outcome === 'met' ? 1 : 0,
      });
    }
  }
  return [...judged.values()];
}
