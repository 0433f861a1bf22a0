import { isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { saidEvents } from '../channels/index.ts';

/** What the wire's ticket metric counts, read from one ticket's events. Spans are `[from, to)` instants. */
export interface TicketMeasure {
  groupStations: number;
  assigneeStations: number;
  reopens: number;
  replies: number;
  firstReply: Span | null;
  firstResolution: Span | null;
  fullResolution: Span | null;
  requesterWait: Span[];
  agentWait: Span[];
  onHold: Span[];
  assigneeUpdatedAt: Date | null;
  requesterUpdatedAt: Date | null;
  statusUpdatedAt: Date | null;
  initiallyAssignedAt: Date | null;
  assignedAt: Date | null;
  solvedAt: Date | null;
  latestCommentAt: Date | null;
}

export type Span = readonly [from: Date, to: Date];

interface Walk extends TicketMeasure {
  openedAt: Date;
  status: string;
  statusSince: Date;
  publicComments: number;
  firstCommentByAgent: boolean;
}

/** Native durations of the wire: first reply from creation; waits close at each change of status. */
export function measureTicket(events: RecordedEvent[]): TicketMeasure {
  const start = events[0]?.at ?? new Date(0);
  const walk: Walk = {
    groupStations: 0,
    assigneeStations: 0,
    reopens: 0,
    replies: 0,
    firstReply: null,
    firstResolution: null,
    fullResolution: null,
    requesterWait: [],
    agentWait: [],
    onHold: [],
    assigneeUpdatedAt: null,
    requesterUpdatedAt: null,
    statusUpdatedAt: null,
    initiallyAssignedAt: null,
    assignedAt: null,
    solvedAt: null,
    latestCommentAt: null,
    openedAt: start,
    status: 'new',
    statusSince: start,
    publicComments: 0,
    firstCommentByAgent: false,
  };
  for (const event of saidEvents(events)) step(walk, event);
  return walk;
}

function step(walk: Walk, event: RecordedEvent): void {
  if (isEvent(event, 'ticket.opened')) opened(walk, event);
  else if (isEvent(event, 'ticket.assigned') && event.data.to !== null) assigned(walk, event.at);
  else if (isEvent(event, 'ticket.team_changed') && event.data.to !== null) walk.groupStations += 1;
  else if (isEvent(event, 'ticket.status_changed')) statusChanged(walk, event);
  else if (isEvent(event, 'message.received')) commented(walk, event.at, false);
  else if (isEvent(event, 'message.sent') && event.data.author === 'agent') commented(walk, event.at, true);
  else if (isEvent(event, 'note.added')) walk.latestCommentAt = event.at;
}

function opened(walk: Walk, { at, data }: RecordedEvent<'ticket.opened'>): void {
  walk.openedAt = at;
  walk.status = data.status;
  walk.statusSince = at;
  walk.statusUpdatedAt = at;
  if (data.teamId !== null) walk.groupStations = 1;
  if (data.assigneeId !== null) assigned(walk, at);
}

function assigned(walk: Walk, at: Date): void {
  walk.assigneeStations += 1;
  walk.initiallyAssignedAt ??= at;
  walk.assignedAt = at;
  walk.assigneeUpdatedAt = at;
}

function statusChanged(walk: Walk, { at, data }: RecordedEvent<'ticket.status_changed'>): void {
  const span: Span = [walk.statusSince, at];
  if (['new', 'open', 'on_hold'].includes(walk.status)) walk.requesterWait.push(span);
  if (walk.status === 'pending') walk.agentWait.push(span);
  if (walk.status === 'on_hold') walk.onHold.push(span);
  if (data.to === 'solved') {
    walk.firstResolution ??= [walk.openedAt, at];
    walk.fullResolution = [walk.openedAt, at];
    walk.solvedAt = at;
  } else if (data.from === 'solved' && data.to !== 'closed') {
    walk.reopens += 1;
    walk.solvedAt = null;
  }
  walk.status = data.to;
  walk.statusSince = at;
  walk.statusUpdatedAt = at;
}

/** The comment that opens a ticket is no reply; when an agent opened it, the next one is the first reply. */
function commented(walk: Walk, at: Date, byAgent: boolean): void {
  walk.latestCommentAt = at;
  walk.publicComments += 1;
  if (!byAgent) {
    walk.requesterUpdatedAt = at;
    return;
  }
  walk.assigneeUpdatedAt = at;
  if (walk.publicComments === 1) return;
  walk.replies += 1;
  walk.firstReply ??= [walk.openedAt, at];
}
