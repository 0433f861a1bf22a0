import type { Message, TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';

export type ThreadItem =
  | { kind: 'message'; message: Message }
  | { kind: 'events'; key: string; events: TimelineEntry[] };

/** Messages in order, and between them what else happened; a gap without events has no item. */
export function mergeThread(messages: readonly Message[], events: readonly TimelineEntry[]): ThreadItem[] {
  const items: ThreadItem[] = [];
  const waiting = [...events].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.eventId - b.eventId);
  const takeUntil = (until: number) => {
    const gap: TimelineEntry[] = [];
    while (waiting[0] && Date.parse(waiting[0].at) < until) gap.push(waiting.shift() as TimelineEntry);
    const [first] = gap;
    if (first) items.push({ kind: 'events', key: `events-${first.eventId}`, events: gap });
  };
  for (const message of messages) {
    takeUntil(Date.parse(message.createdAt));
    items.push({ kind: 'message', message });
  }
  takeUntil(Number.POSITIVE_INFINITY);
  return items;
}

/** A message stands in the thread itself; as an event it only adds which clock it moved. */
export const isMessageEvent = ({ type }: TimelineEntry): boolean => /^(message|note)\./.test(type);
