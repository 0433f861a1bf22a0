import type { Actor, EventMap } from '../../platform/events/event-map.ts';
import type { AuthorKind, Channel, Priority, Status } from './events.ts';
import type { HistoryEvent, HistoryLine } from './import-history-line.ts';
import { previewOf } from './message-content.ts';

/** What the words of a line mean here. */
export interface Meanings {
  agent(name: string): number;
  team(name: string): number;
  ticket(sourceId: string): number;
  /** The next message id. */
  message(): number;
}

export interface ImportedMessage {
  id: number;
  public: boolean;
  author: AuthorKind;
  authorId: number | null;
  channel: Channel;
  text: string;
  at: Date;
}

type TicketEvents = { [T in keyof EventMap]: { type: T; data: EventMap[T] } }[keyof EventMap];
export type ImportedEvent = TicketEvents & { actor: Actor; at: Date };

export interface TicketState {
  status: Status;
  teamId: number | null;
  assigneeId: number | null;
  priority: Priority | null;
  tier: number | null;
  tags: string[];
  mergedInto: number | null;
  mergedAt: Date | null;
  spamAt: Date | null;
  deletedAt: Date | null;
  solvedAt: Date | null;
  closedAt: Date | null;
  waitingSince: Date | null;
  messageCount: number;
  lastMessageAt: Date | null;
  /** While it is played, the whole of the last message. */
  preview: string;
  updatedAt: Date;
}

export interface ImportedLife {
  state: TicketState;
  events: ImportedEvent[];
  messages: ImportedMessage[];
  /** The tickets it went into, when, and since when its customer waited then. */
  merges: { into: number; at: Date; waitingSince: Date | null }[];
  /** The tickets it came out of again, and when. */
  unmerges: { from: number; at: Date }[];
}

export interface Person {
  requesterId: number;
  organizationId: number | null;
  scheduleId: number | null;
}

/**
 * Plays a line: how the ticket stands at its end, and the rows that its events make. Of a ticket that is here
 * already the first `taken` events are played without making rows; `null` makes them all, the opening too.
 */
export function playHistory(
  line: HistoryLine,
  person: Person,
  meanings: Meanings,
  taken: number | null = null,
): ImportedLife {
  const state = firstState(line, meanings);
  const life: ImportedLife = { state, events: [], messages: [], merges: [], unmerges: [] };
  const createdAt = new Date(line.createdAt);
  const fresh = taken === null;
  const skip = taken ?? 0;
  if (fresh) life.events.push({ ...openingOf(line, person, state), at: createdAt });
  for (const flag of flagsOf(line)) {
    const played = play(state, flag, line, person, meanings);
    if (fresh) keep(life, played);
  }
  const ordered = line.events
    .map((event, index) => ({ event, index }))
    .sort((a, b) => a.event.at - b.event.at);
  for (const { event, index } of ordered) {
    const played = play(state, event, line, person, meanings, index >= skip);
    if (index >= skip) keep(life, played);
  }
  state.preview = previewOf(state.preview);
  return life;
}

function keep(life: ImportedLife, { events, messages }: Played): void {
  const { mergedInto, mergedAt: at, waitingSince } = life.state;
  for (const event of events) {
    life.events.push(event);
    // A history may take out what never went in.
    if (event.type === 'ticket.unmerged' && event.data.from !== 0)
      life.unmerges.push({ from: event.data.from, at: event.at });
    if (event.type === 'ticket.merged' && mergedInto !== null && at !== null)
      life.merges.push({ into: mergedInto, at, waitingSince });
  }
  life.messages.push(...messages);
}

function firstState(line: HistoryLine, meanings: Meanings): TicketState {
  const createdAt = new Date(line.createdAt);
  return {
    status: 'new',
    teamId: line.team == null ? null : meanings.team(line.team),
    assigneeId: null,
    priority: line.priority ?? null,
    tier: line.tier ?? null,
    tags: [...new Set(line.tags)].sort(),
    mergedInto: null,
    mergedAt: null,
    spamAt: null,
    deletedAt: null,
    solvedAt: null,
    closedAt: null,
    waitingSince: line.origin === 'proactive' ? null : createdAt,
    messageCount: 0,
    lastMessageAt: null,
    preview: '',
    updatedAt: createdAt,
  };
}

function openingOf(line: HistoryLine, person: Person, state: TicketState): TicketEvents & { actor: Actor } {
  const byCustomer = line.origin === 'inbound';
  return {
    type: 'ticket.opened',
    actor: byCustomer ? { kind: 'customer', id: person.requesterId } : { kind: 'agent', id: null },
    data: {
      status: 'new',
      channel: line.channel,
      origin: line.origin,
      ...person,
      inboxId: null,
      teamId: state.teamId,
      assigneeId: null,
      tier: state.tier,
      priority: state.priority,
      ticketType: line.type ?? null,
      language: line.language ?? null,
      tags: state.tags,
      training: line.training,
      followUpOf: null,
    },
  };
}

/** A flag without an event that says when, is true from the beginning. */
function flagsOf({ createdAt: at, events, ...line }: HistoryLine): HistoryEvent[] {
  const tells = (...types: HistoryEvent['type'][]) => events.some((event) => types.includes(event.type));
  const flags: HistoryEvent[] = [];
  if (line.spam && !tells('spam', 'unspam')) flags.push({ at, type: 'spam' });
  if (line.deleted && !tells('delete', 'restore')) flags.push({ at, type: 'delete' });
  if (line.mergedInto != null && !tells('merge', 'unmerge'))
    flags.push({ at, type: 'merge', into: line.mergedInto });
  return flags;
}

interface Played {
  events: ImportedEvent[];
  messages: ImportedMessage[];
}

function play(
  state: TicketState,
  event: HistoryEvent,
  line: HistoryLine,
  person: Person,
  meanings: Meanings,
  writes = true,
): Played {
  const at = new Date(event.at);
  state.updatedAt = at;
  if (event.type === 'message') return playMessage(state, event, line, person, meanings, writes);
  const { actor, ...fact } = playChange(state, event, meanings);
  return { events: [{ ...fact, actor, at } as ImportedEvent], messages: [] };
}

type MessageEvent = Extract<HistoryEvent, { type: 'message' }>;

function playMessage(
  state: TicketState,
  event: MessageEvent,
  line: HistoryLine,
  person: Person,
  meanings: Meanings,
  writes: boolean,
): Played {
  const { author, body: text } = event;
  const at = new Date(event.at);
  const channel = event.channel ?? line.channel;
  const authorId = authorOf(event, person, meanings);
  if (event.public) {
    state.messageCount += 1;
    state.lastMessageAt = at;
    if (author !== 'system') state.preview = text;
    if (author === 'customer') state.waitingSince ??= at;
    if (author === 'agent') state.waitingSince = null;
  }
  if (!writes) return { events: [], messages: [] };
  const message: ImportedMessage = {
    id: meanings.message(),
    public: event.public,
    author,
    authorId,
    channel,
    text,
    at,
  };
  const data = { messageId: message.id, author, authorId, channel, attachments: 0 };
  const actor: Actor = { kind: author, id: authorId };
  const said: ImportedEvent = event.public
    ? { type: author === 'customer' ? 'message.received' : 'message.sent', data, actor, at }
    : { type: 'note.added', data: { ...data, mentions: [] }, actor, at };
  return { events: [said], messages: [message] };
}

function authorOf({ author, agent }: MessageEvent, person: Person, meanings: Meanings): number | null {
  if (author === 'customer') return person.requesterId;
  return author === 'agent' && agent != null ? meanings.agent(agent) : null;
}

type ChangeEvent = Exclude<HistoryEvent, { type: 'message' }>;
type Fact = TicketEvents & { actor: Actor };

const desk: Actor = { kind: 'agent', id: null };
const system: Actor = { kind: 'system', id: null };

function playChange(state: TicketState, event: ChangeEvent, meanings: Meanings): Fact {
  const agentOf = (name: string | null | undefined) => (name == null ? null : meanings.agent(name));
  switch (event.type) {
    case 'status': {
      const by: Actor = { kind: event.by, id: event.by === 'agent' ? agentOf(event.agent) : null };
      return {
        type: 'ticket.status_changed',
        data: setStatus(state, event.to, new Date(event.at)),
        actor: by,
      };
    }
    case 'assign': {
      const data = { ...change(state, 'assigneeId', agentOf(event.agent)), by: event.by };
      return { type: 'ticket.assigned', data, actor: event.by === 'agent' ? desk : system };
    }
    case 'claim': {
      const agentId = meanings.agent(event.agent);
      state.assigneeId = agentId;
      return { type: 'ticket.claimed', data: { agentId }, actor: { kind: 'agent', id: agentId } };
    }
    case 'call':
      return { type: 'call.ended', data: callOf(event, agentOf(event.agent)), actor: desk };
    case 'escalate':
      return {
        type: 'ticket.tier_changed',
        data: { ...change(state, 'tier', event.tier), reason: event.reason ?? null },
        actor: desk,
      };
    case 'team': {
      const to = event.to === null ? null : meanings.team(event.to);
      return { type: 'ticket.team_changed', data: change(state, 'teamId', to), actor: desk };
    }
    case 'priority':
      return { type: 'ticket.priority_changed', data: change(state, 'priority', event.to), actor: desk };
    case 'tag':
      return { type: 'ticket.tagged', data: setTags(state, event.add, event.remove), actor: desk };
    case 'survey': {
      const { kind, scale, score } = event;
      return {
        type: 'survey.answered',
        data: { kind, scale, score, messageId: null },
        actor: { kind: 'customer', id: null },
      };
    }
    default:
      return playMark(state, event, meanings);
  }
}

type MarkEvent = Exclude<
  ChangeEvent,
  { type: 'status' | 'assign' | 'claim' | 'call' | 'escalate' | 'team' | 'priority' | 'tag' | 'survey' }
>;

function playMark(state: TicketState, event: MarkEvent, meanings: Meanings): Fact {
  const at = new Date(event.at);
  switch (event.type) {
    case 'merge':
      state.mergedInto = meanings.ticket(event.into);
      state.mergedAt = at;
      return { type: 'ticket.merged', data: { into: state.mergedInto }, actor: desk };
    case 'unmerge': {
      const from = state.mergedInto ?? 0;
      state.mergedInto = null;
      return { type: 'ticket.unmerged', data: { from }, actor: desk };
    }
    case 'spam':
      state.spamAt = at;
      return { type: 'ticket.marked_spam', data: {}, actor: desk };
    case 'unspam':
      state.spamAt = null;
      return { type: 'ticket.unmarked_spam', data: {}, actor: desk };
    case 'delete':
      state.deletedAt = at;
      return { type: 'ticket.deleted', data: {}, actor: desk };
    case 'restore':
      state.deletedAt = null;
      return { type: 'ticket.restored', data: {}, actor: desk };
    case 'handoff':
      return { type: 'ticket.handed_off', data: {}, actor: { kind: 'bot', id: null } };
  }
}

function callOf(
  event: Extract<ChangeEvent, { type: 'call' }>,
  agentId: number | null,
): EventMap['call.ended'] {
  return {
    answered: event.answered,
    queueSeconds: event.queue ?? null,
    holdSeconds: event.holds,
    talkSeconds: event.talk ?? null,
    wrapSeconds: event.wrap ?? null,
    agentId,
  };
}

function change<K extends 'assigneeId' | 'tier' | 'teamId' | 'priority'>(
  state: TicketState,
  key: K,
  to: TicketState[K],
) {
  const from = state[key];
  state[key] = to;
  return { from, to };
}

function setStatus(state: TicketState, to: Status, at: Date) {
  const from = state.status;
  const wasSolved = from === 'solved' || from === 'closed';
  const isSolved = to === 'solved' || to === 'closed';
  state.status = to;
  state.solvedAt = isSolved ? (wasSolved ? state.solvedAt : at) : null;
  state.closedAt = to === 'closed' ? at : null;
  if (isSolved) state.waitingSince = null;
  return { from, to };
}

function setTags(state: TicketState, add: string[], remove: string[]) {
  const added = add.filter((tag) => !state.tags.includes(tag));
  const removed = remove.filter((tag) => state.tags.includes(tag));
  state.tags = [...state.tags.filter((tag) => !removed.includes(tag)), ...added].sort();
  return { added, removed };
}
