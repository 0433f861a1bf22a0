import { isEvent, type RecordedEvent } from '../../../../platform/events/event-map.ts';

/**
 * By their own ids, the events that count no more because a reply was taken back before it was sent, or a mail taken
 * off its ticket: the message, what else it had made of its ticket, and the changes that took that back. Pure.
 */
export function takenBack(events: readonly RecordedEvent[]): ReadonlySet<number> {
  const messages = new Set<number>();
  const unsaid = new Set<number>();
  for (const event of events) {
    if (isEvent(event, 'message.withdrawn')) messages.add(event.data.messageId);
    else if (isUndoing(event)) for (const id of [event.id, ...undoneBy(event)]) unsaid.add(id);
  }
  if (messages.size === 0) return unsaid;
  for (const event of events) {
    if (isEvent(event, 'message.sent', 'message.received') && messages.has(event.data.messageId))
      unsaid.add(event.id);
  }
  return unsaid;
}

/** The events without them: what was taken back answered nobody, and changed nothing. Pure. */
export function saidEvents(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const unsaid = takenBack(events);
  return unsaid.size === 0 ? events : events.filter(({ id }) => !unsaid.has(id));
}

/** Whether an event only takes back what a message had done. */
export const isUndoing = (event: RecordedEvent): boolean => undoneBy(event).length > 0;

function undoneBy(event: RecordedEvent): readonly number[] {
  if (!isEvent(event, 'ticket.status_changed', 'ticket.assigned', 'ticket.cc_changed')) return [];
  return event.data.undoes ?? [];
}
