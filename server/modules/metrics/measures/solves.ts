import type { HistoryEvent } from '../history.ts';
import { isHumanReply } from '../history.ts';
import type { Life } from '../life.ts';
import type { Dimensions, Reading } from '../observation.ts';
import type { Step } from '../walk.ts';
import { dimensionsOf, isBotOnlySolve, isReopen, isSolve } from '../walk.ts';

const BY_PEOPLE = 'people';
export const BOT_ONLY = 'bot_only';

/** A solve with the instant it was undone; `reopenedAt` is null while the ticket stays solved. */
export type Solve = {
  readonly step: Step;
  readonly reopenedAt: number | null;
  readonly kind: typeof BY_PEOPLE | typeof BOT_ONLY;
  readonly dims: Dimensions;
};

/** Changes from unsolved to solved or closed while the ticket is demand, in time order. */
export function listSolves({ history, steps }: Life): Solve[] {
  return steps.flatMap((step, index) => {
    if (!isSolve(step) || !step.after.entered) return [];
    const reopening = steps.slice(index + 1).find(isReopen);
    const dims = dimensionsOf(history, step.after, creditedAgent(steps, index));
    const kind = isBotOnlySolve(step) ? BOT_ONLY : BY_PEOPLE;
    return [{ step, reopenedAt: reopening?.event.at ?? null, kind, dims }];
  });
}

export function measureSolves(life: Life): Reading[] {
  return listSolves(life).map(
    ({ step, reopenedAt, kind, dims }): Reading => ({
      measure: 'solve',
      key: step.event.eventId,
      kind,
      event: step.event,
      dims,
      value: 1,
      until: reopenedAt,
    }),
  );
}

/** The agent who set the status, else the last one who answered, else the assignee of that moment. */
function creditedAgent(steps: readonly Step[], index: number): string | null {
  const step = steps[index];
  if (step?.event.type === 'status' && step.event.agentId !== null) return step.event.agentId;
  const reply = steps.slice(0, index).findLast(({ event }) => isHumanReply(event));
  return (reply && authorOf(reply.event)) ?? step?.after.agentId ?? null;
}

function authorOf(event: HistoryEvent): string | null {
  return event.type === 'message' ? event.agentId : null;
}
