import { type EventType, isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';

/** What is heard for claims alone; it changes no other clock, no fact and no policy. */
export const claimTypes: EventType[] = ['ticket.claimed', 'ticket.assigned', 'note.added', 'call.ended'];

/**
 * Whether somebody takes a ticket with this event, by the definition of the figure of claims: claims it, assigns it
 * to himself (or by hand, where the log does not say who did it), or works on what was given to him. Being given it,
 * by a rule or by a colleague, is no claim. `givenTo` is its assignee before the event. Pure.
 */
export function acceptsClaim(event: RecordedEvent, givenTo: number | null): boolean {
  if (isEvent(event, 'ticket.claimed')) return true;
  if (isEvent(event, 'ticket.assigned')) return takesOver(event);
  return givenTo !== null && workerOf(event) === givenTo;
}

function takesOver({ actor, data: { to, by } }: RecordedEvent<'ticket.assigned'>): boolean {
  return to !== null && by === 'agent' && (actor.kind !== 'agent' || actor.id === to);
}

function workerOf(event: RecordedEvent): number | null {
  if (isEvent(event, 'message.sent') || isEvent(event, 'note.added')) {
    return event.data.author === 'agent' ? event.data.authorId : null;
  }
  if (isEvent(event, 'call.ended')) return event.data.agentId;
  if (!isEvent(event, 'ticket.status_changed')) return null;
  return event.actor.kind === 'agent' ? event.actor.id : null;
}
