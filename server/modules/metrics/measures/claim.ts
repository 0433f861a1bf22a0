import { secondsBetween } from '../arithmetic/instant.ts';
import { isSolved } from '../history.ts';
import type { Life } from '../life.ts';
import type { Reading } from '../observation.ts';
import type { Step } from '../walk.ts';
import { dimensionsOf } from '../walk.ts';
import { openIntervals } from './open-intervals.ts';

/** From creation to the first time a person took the ticket; routing alone is not a claim. */
export function measureClaim({ history, steps, entry, businessSeconds }: Life): Reading[] {
  if (entry === null) return [];
  const entered = steps.slice(steps.findIndex(({ event }) => event === entry));
  const taken = entered.findIndex((step) => claimant(step) !== null);
  const waits = openIntervals(entered, taken, ({ after }) => !after.removed && !isSolved(after.status)).map(
    ({ step, until }): Reading => ({
      measure: 'claim_wait',
      key: step.event.eventId,
      event: step.event,
      dims: dimensionsOf(history, step.after, step.after.agentId),
      value: 1,
      since: entry.at,
      until,
    }),
  );
  const claim = entered[taken];
  if (claim === undefined) return waits;
  const { event, after } = claim;
  return [
    ...waits,
    {
      measure: 'claim',
      key: 'first',
      event,
      dims: dimensionsOf(history, after, claimant(claim)),
      value: secondsBetween(entry.at, event.at),
      businessSeconds: businessSeconds(entry.at, event.at),
      since: entry.at,
    },
  ];
}

/**
 * Who took it with this step: by claiming, by assigning it to himself (or by hand, where an import
 * does not say who did it), or as its assignee by working on it.
 */
function claimant({ event, before }: Step): string | null {
  if (event.type === 'claim') return event.agentId;
  if (event.type === 'assign') {
    const byHand = event.by === 'agent' && (event.actorId === null || event.actorId === event.to);
    return byHand ? event.to : null;
  }
  const worker = event.type === 'message' || event.type === 'status' || event.type === 'call';
  return worker && event.agentId !== null && event.agentId === before.agentId ? event.agentId : null;
}
