import type { HistoryEvent } from '../history.ts';
import type { Life } from '../life.ts';
import type { Dimensions, Reading } from '../observation.ts';
import type { Step, TicketState } from '../walk.ts';
import { dimensionsOf, inStock } from '../walk.ts';
import { openIntervals } from './open-intervals.ts';

/** Why the stock of unsolved tickets changed. Moves between teams, tiers or priorities cancel out. */
const FLOW_KINDS = [
  'created',
  'reopened',
  'restored',
  'solved',
  'spam',
  'merged',
  'deleted',
  'moved_in',
  'moved_out',
] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/**
 * `backlog_flow`: +1 and -1 at instants, so that the backlog at any instant is a running sum.
 * `unsolved_stay`: the same stock as stretches by status and assignee, for age, status and ids.
 * Stocks are replayed: a ticket counts until the event that removed it. Training never enters.
 */
export function measureStock(life: Life): Reading[] {
  if (life.history.training || life.entry === null) return [];
  return [...listFlows(life), ...listStays(life, life.entry.at)];
}

function listFlows({ history, steps, entry }: Life): Reading[] {
  return steps.flatMap((step) => {
    const { event, before, after } = step;
    const enters = event === entry && !after.removed;
    const left = inStock(before) ? dimensionsOf(history, before, null) : null;
    const held = inStock(after) ? dimensionsOf(history, after, null) : null;
    const flow = (kind: FlowKind, dims: Dimensions, value: number): Reading => ({
      measure: 'backlog_flow',
      key: `${event.eventId}:${kind}`,
      kind,
      event,
      dims,
      value,
    });
    if (enters) return enterStock(flow, dimensionsOf(history, after, null), held !== null);
    if (left !== null && held === null) return [flow(leavingKind(step), left, -1)];
    if (left === null && held !== null) return [flow(enteringKind(event), held, 1)];
    if (left === null || held === null || sameShelf(before, after)) return [];
    return [flow('moved_out', left, -1), flow('moved_in', held, 1)];
  });
}

type Flow = (kind: FlowKind, dims: Dimensions, value: number) => Reading;

/** `created` is gross: a ticket that is solved the moment it enters is counted in and out. */
function enterStock(flow: Flow, dims: Dimensions, unsolved: boolean): Reading[] {
  return unsolved ? [flow('created', dims, 1)] : [flow('created', dims, 1), flow('solved', dims, -1)];
}

function leavingKind({ event, closedByMerge }: Step): FlowKind {
  if (event.type === 'spam') return 'spam';
  if (event.type === 'merge' || closedByMerge) return 'merged';
  return event.type === 'delete' ? 'deleted' : 'solved';
}

function enteringKind(event: HistoryEvent): FlowKind {
  return event.type === 'status' ? 'reopened' : 'restored';
}

function sameShelf(a: TicketState, b: TicketState): boolean {
  return a.teamId === b.teamId && a.tier === b.tier && a.priority === b.priority;
}

function listStays({ history, steps }: Life, entered: number): Reading[] {
  const changes = ({ before, after }: Step) =>
    !sameShelf(before, after) || before.status !== after.status || before.agentId !== after.agentId;
  return openIntervals(steps, -1, ({ after }) => inStock(after), changes).map(
    ({ step, until }): Reading => ({
      measure: 'unsolved_stay',
      key: step.event.eventId,
      kind: step.after.status,
      event: step.event,
      dims: dimensionsOf(history, step.after, step.after.agentId),
      value: 1,
      since: entered,
      until,
    }),
  );
}
