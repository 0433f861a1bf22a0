import type { EventMap, EventType, RecordedEvent } from '../../platform/events/event-map.ts';
import { isEvent } from '../../platform/events/event-map.ts';
import { claimTypes } from './accepts-claim.ts';
import { cutInstant } from './sla-clock.ts';

type Opened = EventMap['ticket.opened'];

/** What promises ask of a ticket. Folded from its events, so that the ticket itself need not be read. Pure. */
export interface TicketFacts {
  status: Opened['status'];
  channel: Opened['channel'];
  origin: Opened['origin'];
  requesterId: number;
  organizationId: number | null;
  inboxId: number | null;
  teamId: number | null;
  tier: number | null;
  priority: Opened['priority'];
  type: Opened['ticketType'];
  language: string | null;
  tags: string[];
  training: boolean;
  /** Out of sight, and why; a ticket can be spam and deleted at once. */
  hidden: ('spam' | 'deleted' | 'merged')[];
  /** Whose it is while nobody has claimed it; kept only while a claim is owed. */
  givenTo?: number | null;
  /** The schedules it had, each since when; null is none, where every second counts. */
  schedules: { from: number; scheduleId: number | null }[];
}

export function factsOfOpened(event: RecordedEvent<'ticket.opened'>): TicketFacts {
  const { ticketType, followUpOf: _followUpOf, scheduleId, assigneeId: _assigneeId, ...opened } = event.data;
  return { ...opened, type: ticketType, hidden: [], schedules: [{ from: cutInstant(event.at), scheduleId }] };
}

/** The same facts object when the event changes none. */
export function nextFacts(facts: TicketFacts, event: RecordedEvent): TicketFacts {
  const fold = folds[event.type] as
    | ((facts: TicketFacts, event: RecordedEvent) => Partial<TicketFacts>)
    | undefined;
  return fold ? { ...facts, ...fold(facts, event) } : facts;
}

type Fold<T extends EventType> = (facts: TicketFacts, event: RecordedEvent<T>) => Partial<TicketFacts>;

const folds: { [T in EventType]?: Fold<T> } = {
  'ticket.status_changed': (_, { data }) => ({ status: data.to }),
  'ticket.team_changed': (_, { data }) => ({ teamId: data.to }),
  'ticket.priority_changed': (_, { data }) => ({ priority: data.to }),
  'ticket.type_changed': (_, { data }) => ({ type: data.to }),
  'ticket.tier_changed': (_, { data }) => ({ tier: data.to }),
  'ticket.language_changed': (_, { data }) => ({ language: data.to }),
  'ticket.inbox_changed': (_, { data }) => ({ inboxId: data.to }),
  'ticket.requester_changed': (_, { data }) => ({ requesterId: data.to }),
  'ticket.organization_changed': (_, { data }) => ({ organizationId: data.to }),
  'ticket.tagged': ({ tags }, { data }) => ({ tags: retag(tags, data) }),
  'ticket.schedule_changed': ({ schedules }, { at, data }) => ({
    schedules: [...schedules, { from: cutInstant(at), scheduleId: data.to }],
  }),
  'ticket.marked_spam': ({ hidden }) => ({ hidden: [...hidden, 'spam'] }),
  'ticket.deleted': ({ hidden }) => ({ hidden: [...hidden, 'deleted'] }),
  'ticket.merged': ({ hidden }) => ({ hidden: [...hidden, 'merged'] }),
  'ticket.unmarked_spam': ({ hidden }) => ({ hidden: hidden.filter((cause) => cause !== 'spam') }),
  'ticket.restored': ({ hidden }) => ({ hidden: hidden.filter((cause) => cause !== 'deleted') }),
  'ticket.unmerged': ({ hidden }) => ({ hidden: hidden.filter((cause) => cause !== 'merged') }),
};

/** The events that can change a fact, or a clock, or which policy holds. */
export const heardTypes: EventType[] = [
  'ticket.opened',
  'message.received',
  'message.sent',
  'ticket.handed_off',
  'ticket.absorbed',
  'ticket.released',
  'message.withdrawn',
  ...claimTypes,
  ...(Object.keys(folds) as EventType[]),
];

function retag(tags: string[], { added, removed }: EventMap['ticket.tagged']): string[] {
  return [...new Set([...tags, ...added])].filter((tag) => !removed.includes(tag)).sort();
}

export const isSolved = (facts: TicketFacts): boolean =>
  facts.status === 'solved' || facts.status === 'closed';

export const currentSchedule = (facts: TicketFacts): number | null =>
  facts.schedules.at(-1)?.scheduleId ?? null;

export const isOpening = (event: RecordedEvent): event is RecordedEvent<'ticket.opened'> =>
  isEvent(event, 'ticket.opened');
