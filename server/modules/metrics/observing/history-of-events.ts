import { type EventMap, isEvent, type RecordedEvent } from '../../../platform/events/event-map.ts';
import { takenBack } from '../../channels/index.ts';
import { wholeSecond } from '../arithmetic/instant.ts';
import type { HistoryEvent, HistoryFact, TicketHistory } from '../history.ts';

type Opened = EventMap['ticket.opened'];

const restating = new Set(['ticket.opened', 'ticket.schedule_changed', 'message.withdrawn']);

/** Whether a ticket's figures can change with this event. */
export function isMeasured(event: RecordedEvent): boolean {
  return restating.has(event.type) || event.type in FACTS;
}

/**
 * The record that measures read, from a ticket's events in their own order. Measures follow the instants that
 * events date, so one that was written late (a mail that lay somewhere) takes its place in time; nothing comes
 * before the opening. `null` for a ticket whose opening is not in the log.
 */
export function historyOfEvents(events: readonly RecordedEvent[]): TicketHistory | null {
  const opening = events[0];
  if (opening?.type !== 'ticket.opened' || opening.ticketId === null) return null;
  const data = opening.data as Opened;
  const createdAt = wholeSecond(opening.at.getTime());
  const later = withoutTakenBack(events.slice(1)).flatMap((event) => eventOf(event, createdAt));
  if (!isInOrder(later)) later.sort((a, b) => a.at - b.at);
  return {
    ticketId: String(opening.ticketId),
    createdAt,
    origin: data.origin,
    training: data.training,
    channel: data.channel,
    teamId: idOf(data.teamId),
    tier: idOf(data.tier),
    priority: data.priority,
    language: data.language,
    spamNow: false,
    deletedNow: false,
    mergedInto: null,
    events: [...openingEvents(opening, data, createdAt), ...later],
  };
}

const replyTargets = new Set(['first_reply', 'next_reply']);

/** What was taken back before it was sent was no reply, solved nothing, and kept no promise. */
function withoutTakenBack(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const unsaid = takenBack(events);
  if (unsaid.size === 0) return events;
  const moves = events.filter((event) => unsaid.has(event.id) && event.type === 'ticket.status_changed');
  const unmoved = new Set(moves.map(({ commandId }) => commandId));
  const isKept = (event: RecordedEvent) => {
    if (!isEvent(event, 'sla.fulfilled')) return false;
    if (replyTargets.has(event.data.target)) return unsaid.has(event.causedBy ?? 0);
    return event.data.target === 'resolution' && unmoved.has(event.commandId);
  };
  return events.filter((event) => !unsaid.has(event.id) && !isKept(event));
}

/** An assignee at the opening is one whom the desk chose; taking a ticket oneself is a claim of its own. */
function openingEvents(event: RecordedEvent, data: Opened, createdAt: number): HistoryEvent[] {
  const head = headOf(event, createdAt);
  const opened: HistoryEvent = { ...head, type: 'opened', status: data.status };
  if (data.assigneeId === null) return [opened];
  return [opened, { ...head, type: 'assign', to: String(data.assigneeId), by: 'routing', actorId: null }];
}

function eventOf(event: RecordedEvent, createdAt: number): HistoryEvent[] {
  const fact = FACTS[event.type]?.(event);
  if (fact === undefined) return [];
  return [{ ...headOf(event, Math.max(createdAt, wholeSecond(event.at.getTime()))), ...fact }];
}

function headOf(event: RecordedEvent, at: number) {
  return { eventId: String(event.id), position: event.position, at, recordedAt: event.recordedAt.getTime() };
}

function isInOrder(events: readonly HistoryEvent[]): boolean {
  return events.every((event, index) => index === 0 || (events[index - 1]?.at ?? 0) <= event.at);
}

type Reader = (event: RecordedEvent) => HistoryFact;

function read<T extends keyof EventMap & string>(
  make: (data: EventMap[T], event: RecordedEvent) => HistoryFact,
): Reader {
  return (event) => make(event.data as EventMap[T], event);
}

/** What each event of the log says in the words of the measures; events without an entry say nothing to them. */
const FACTS: Readonly<Record<string, Reader>> = {
  'message.received': read<'message.received'>((data) => ({
    type: 'message',
    author: 'customer',
    agentId: null,
    public: true,
    channel: data.channel,
  })),
  'message.sent': read<'message.sent'>((data) => messageOf(data, true)),
  'note.added': read<'note.added'>((data) => messageOf(data, false)),
  'ticket.status_changed': read<'ticket.status_changed'>(({ to }, { actor }) => ({
    type: 'status',
    to,
    actor: actor.kind,
    agentId: actor.kind === 'agent' ? idOf(actor.id) : null,
  })),
  'ticket.assigned': read<'ticket.assigned'>(({ to, by }, { actor }) => ({
    type: 'assign',
    to: idOf(to),
    by,
    actorId: actor.kind === 'agent' ? idOf(actor.id) : null,
  })),
  'ticket.claimed': read<'ticket.claimed'>(({ agentId }) => ({ type: 'claim', agentId: String(agentId) })),
  'ticket.handed_off': () => ({ type: 'handoff' }),
  'call.ended': read<'call.ended'>(({ answered, agentId }) => ({
    type: 'call',
    answered,
    agentId: idOf(agentId),
  })),
  'ticket.team_changed': read<'ticket.team_changed'>(({ to }) => ({ type: 'team', to: idOf(to) })),
  'ticket.tier_changed': read<'ticket.tier_changed'>(({ to }) => ({ type: 'tier', to: idOf(to) })),
  'ticket.priority_changed': read<'ticket.priority_changed'>(({ to }) => ({ type: 'priority', to })),
  'ticket.merged': read<'ticket.merged'>(({ into }) => ({ type: 'merge', into: String(into) })),
  'ticket.unmerged': () => ({ type: 'unmerge' }),
  'ticket.marked_spam': () => ({ type: 'spam' }),
  'ticket.unmarked_spam': () => ({ type: 'unspam' }),
  'ticket.deleted': () => ({ type: 'delete' }),
  'ticket.restored': () => ({ type: 'restore' }),
  'sla.fulfilled': read<'sla.fulfilled'>(({ clockId, target, met }) =>
    slaOf(clockId, target, met ? 'met' : 'breached'),
  ),
  'sla.breached': read<'sla.breached'>(({ clockId, target }) => slaOf(clockId, target, 'breached')),
  'sla.breach_retracted': read<'sla.breach_retracted'>(({ clockId, target }) =>
    slaOf(clockId, target, 'retracted'),
  ),
};

function messageOf(data: EventMap['message.sent'], isPublic: boolean): HistoryFact {
  return {
    type: 'message',
    author: data.author,
    agentId: data.author === 'agent' ? idOf(data.authorId) : null,
    public: isPublic,
    channel: data.channel,
  };
}

type SlaOutcome = (HistoryFact & { type: 'sla' })['outcome'];

/** Exactly on the target is met; the clock's own arithmetic said so. */
function slaOf(clockId: number, target: string, outcome: SlaOutcome): HistoryFact {
  return { type: 'sla', clockId: String(clockId), target, outcome };
}

function idOf(id: number | null): string | null {
  return id === null ? null : String(id);
}
