import type { Life } from '../life.ts';
import type { Reading } from '../observation.ts';
import { dimensionsOf, isReopen } from '../walk.ts';
import { listSolves } from './solves.ts';

/** Changes from solved or closed back to unsolved; credited to whoever had solved it. */
export function measureReopens(life: Life): Reading[] {
  const solves = listSolves(life);
  return life.steps.flatMap((step) => {
    if (!isReopen(step) || !step.after.entered || step.after.removed) return [];
    const undone = solves.findLast((solve) => solve.reopenedAt === step.event.at);
    if (undone === undefined) return [];
    const dims = dimensionsOf(life.history, step.after, undone.dims.agentId);
    return [{ measure: 'reopen', key: step.event.eventId, event: step.event, dims, value: 1 } as const];
  });
}
