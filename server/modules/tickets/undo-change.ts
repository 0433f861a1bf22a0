import type { CommandContext } from '../../platform/command.ts';
import { isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../platform/events/read-events.ts';
import type { UndoChange } from './contract.ts';
import { lockLivingTicket } from './queries.ts';
import { refreshConversation } from './refresh-thread.ts';
import { refuseUndo } from './refuse-conflict.ts';
import { type Story, undoAssignment, undoStatus, withoutUndone } from './undo-steps.ts';

/** Offered for ten seconds; a slow line and a full queue of clicks have the rest. */
const undoableMs = 30_000;

/**
 * Takes an agent's own change of status, assignee or both back, as if it had not been: no solve, no reopening and no
 * claim is counted, and every promise goes on. Named by what it had set, so that a second press undoes nothing else.
 * Events: ticket.status_changed, ticket.assigned, which name the events they undo.
 * @throws 409 when somebody changed it since, when it is somebody else's, or when it is too long ago
 */
export async function undoChange(
  cx: CommandContext,
  input: { ticketId: number; staffId: number; change: UndoChange },
): Promise<void> {
  const { staffId, change } = input;
  const ticket = await lockLivingTicket(cx.tx, input.ticketId);
  const log = withoutUndone(await listEventsOfTicket(cx.tx, ticket.id));
  const storyOf = (own: RecordedEvent | undefined): Story | null =>
    own && isOwn(own, staffId, cx.now)
      ? { ticketId: ticket.id, log, own: log.filter(({ commandId }) => commandId === own.commandId) }
      : null;
  const undone: boolean[] = [];
  if (change.status !== undefined) {
    const last = log.findLast((event) => isEvent(event, 'ticket.status_changed'));
    const story = ticket.status === change.status ? storyOf(last) : null;
    undone.push(story !== null && (await undoStatus(cx, story, ticket.status)));
  }
  if (change.assigneeId !== undefined) {
    const last = log.findLast((event) => isEvent(event, 'ticket.assigned'));
    const story = ticket.assigneeId === change.assigneeId ? storyOf(last) : null;
    undone.push(story !== null && (await undoAssignment(cx, story, ticket.assigneeId)));
  }
  if (undone.includes(false)) await refuseUndo(cx, ticket);
  await refreshConversation(cx, ticket.id);
}

const isOwn = ({ actor, recordedAt }: RecordedEvent, staffId: number, now: Date): boolean =>
  actor.kind === 'agent' && actor.id === staffId && now.getTime() - recordedAt.getTime() <= undoableMs;
