import {
  type EventMap,
  type EventType,
  isEvent,
  type RecordedEvent,
} from '../../../platform/events/event-map.ts';
import { saidEvents } from '../../channels/index.ts';
import { advanceClocks, pauseOrResume, type TicketClocks } from '../advance-clocks.ts';
import { releaseWaits, withoutReleased } from '../release-waits.ts';
import { restoreWaits, takesBack, undoneStatusSince } from '../restore-waits.ts';
import { calendarTime, cutInstant } from '../sla-clock.ts';

/** A story of one ticket, told in minutes since it was opened, and its clocks as lines. */
export type Told = [minute: number, type: EventType, data?: object, agentId?: number];

export const opened: EventMap['ticket.opened'] = {
  status: 'new',
  channel: 'email',
  origin: 'inbound',
  requesterId: 1,
  organizationId: null,
  inboxId: null,
  scheduleId: null,
  teamId: null,
  assigneeId: null,
  tier: null,
  priority: null,
  ticketType: null,
  language: null,
  tags: [],
  training: false,
  followUpOf: null,
};
const start = Date.parse('2026-03-02T09:00:00Z');

function event([minute, type, data = {}, agentId]: Told, index: number): RecordedEvent {
  const at = new Date(start + minute * 60_000);
  return {
    id: index + 1,
    // What happens in one minute is one command's.
    commandId: minute,
    type,
    version: 1,
    ticketId: 7,
    ticketSeq: index + 1,
    actor: agentId === undefined ? { kind: 'system', id: null } : { kind: 'agent', id: agentId },
    causedBy: null,
    at,
    recordedAt: at,
    position: null,
    data: data as RecordedEvent['data'],
  };
}

function fold(before: TicketClocks | null, each: RecordedEvent): TicketClocks | null {
  const after = advanceClocks(before, each);
  return after && pauseOrResume(after, ['pending'], cutInstant(each.at));
}

/** Each clock as `target cycle: minutes-runs outcome`. */
export function clocksOfStory(story: Told[]): string[] {
  const events = story.map(event);
  const state = events.reduce<TicketClocks | null>((before, each, index) => {
    const after = fold(before, each);
    if (!after || !(takesBack(each) || isEvent(each, 'ticket.released'))) return after;
    const log = events.slice(0, index + 1);
    const without = withoutReleased(saidEvents(log)).reduce(fold, null);
    const at = cutInstant(each.at);
    if (takesBack(each)) {
      return restoreWaits(after, { without, at, statusSince: undoneStatusSince(log, each) });
    }
    return releaseWaits(after, { without, timeOf: () => calendarTime, at });
  }, null);
  const minute = (at: number | null) => (at === null ? '' : String((at - start) / 60_000));
  return (state?.clocks ?? []).map((clock) => {
    const runs = clock.runs.map(([from, to]) => `${minute(from)}-${minute(to)}`).join(' ');
    const end = clock.fulfilledAt === null ? (clock.cancelledBy ?? 'live') : 'fulfilled';
    return `${clock.target} ${clock.cycle}: ${runs} ${end}`;
  });
}

export const status = (minute: number, from: string, to: string): Told => [
  minute,
  'ticket.status_changed',
  { from, to },
];
/** `undone` counts the story's events from 1. */
export const statusBack = (minute: number, from: string, to: string, undone: number): Told => [
  minute,
  'ticket.status_changed',
  { from, to, undoes: [undone] },
];
export const claimed = (minute: number, agentId: number): Told => [
  minute,
  'ticket.assigned',
  { from: null, to: agentId, by: 'agent' },
  agentId,
];
export const claimBack = (minute: number, agentId: number, undone: number): Told => [
  minute,
  'ticket.assigned',
  { from: agentId, to: null, by: 'agent', undoes: [undone] },
  agentId,
];
export const received = (minute: number, messageId = 0): Told => [
  minute,
  'message.received',
  { author: 'customer', messageId },
];
export const sent = (minute: number, author = 'agent', messageId = 0): Told => [
  minute,
  'message.sent',
  { author, messageId },
];
export const takenBack = (minute: number, messageId: number): Told => [
  minute,
  'message.withdrawn',
  { messageId, outgoingId: 1 },
];
export const open = (more: Partial<typeof opened> = {}): Told => [0, 'ticket.opened', { ...opened, ...more }];
const wait = (ticketId: number, waitingMinute: number | null) => ({
  ticketId,
  waitingSince: waitingMinute === null ? null : new Date(start + waitingMinute * 60_000).toISOString(),
});
export const absorbed = (minute: number, waitingMinute: number | null, ticketId = 8): Told => [
  minute,
  'ticket.absorbed',
  wait(ticketId, waitingMinute),
];
export const released = (minute: number, waitingMinute: number | null = null, ticketId = 8): Told => [
  minute,
  'ticket.released',
  wait(ticketId, waitingMinute),
];
