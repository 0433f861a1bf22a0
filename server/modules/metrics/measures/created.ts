import type { Life } from '../life.ts';
import type { Reading } from '../observation.ts';
import { dimensionsOf } from '../walk.ts';

/**
 * One per ticket: the demand it is. Dated by its creation; a ticket that the desk began is dated by
 * the customer's first message, and until then by its creation and excluded.
 */
export function measureCreated({ history, steps, opened, entry }: Life): Reading[] {
  const event = entry ?? opened;
  const step = steps.find((candidate) => candidate.event === event);
  if (step === undefined) return [];
  const dims = dimensionsOf(history, step.after, null);
  return [{ measure: 'created', key: 'created', kind: history.origin, event, dims, value: 1 }];
}
