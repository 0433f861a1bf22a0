import { isEvent, type RecordedEvent } from '../../../../platform/events/event-map.ts';

/** The replies among these events that were taken back before they were sent, by the events' own ids. Pure. */
export function takenBack(events: readonly RecordedEvent[]): ReadonlySet<number> {
  const messages = new Set(
    events.flatMap((event) => (isEvent(event, 'message.withdrawn') ? event.data.messageId : [])),
  );
  if (messages.size === 0) return messages;
  const isUnsaid = (event: RecordedEvent) =>
    isEvent(event, 'message.sent') && messages.has(event.data.messageId);
  return new Set(events.filter(isUnsaid).map(({ id }) => id));
}

/** The events without them: what was taken back answered nobody. Pure. */
export function saidEvents(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const unsaid = takenBack(events);
  return unsaid.size === 0 ? events : events.filter(({ id }) => !unsaid.has(id));
}
