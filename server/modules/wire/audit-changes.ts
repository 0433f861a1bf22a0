import { isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { wireStatus } from './vocabulary.ts';

/** One entry of an audit's `events`. Values are strings, ids too; tags are a list of strings. */
export type AuditEntry = Record<string, unknown> & { type: string };

/** What has to be remembered from entry to entry: events carry what changed, the wire wants before and after. */
export interface AuditState {
  subject: string;
  tags: string[];
  ccs: number[];
  followers: number[];
}

const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

const change = (field: string, from: unknown, to: unknown): AuditEntry => ({
  type: 'Change',
  field_name: field,
  value: text(to),
  previous_value: text(from),
});

const create = (field: string, value: unknown): AuditEntry => ({
  type: 'Create',
  field_name: field,
  value: text(value),
});

/** The entries of one event; none for what the wire has no word for. Comments are put in by the caller. */
export function auditEntries(event: RecordedEvent, state: AuditState): AuditEntry[] {
  if (isEvent(event, 'ticket.opened')) return createEntries(event, state);
  if (isEvent(event, 'ticket.status_changed')) {
    return [change('status', wireStatus(event.data.from), wireStatus(event.data.to))];
  }
  if (isEvent(event, 'ticket.tagged')) return [changeTags(event, state)];
  if (isEvent(event, 'ticket.cc_changed')) return [changeCopies(event, state)];
  if (isEvent(event, 'ticket.followers_changed')) return [changeFollowers(event, state)];
  if (isEvent(event, 'ticket.subject_changed')) return [change('subject', null, state.subject)];
  if (isEvent(event, 'ticket.field_changed')) {
    return [change(String(event.data.fieldId), event.data.from, event.data.to)];
  }
  if (isEvent(event, 'ticket.merged')) return [external(`Merged into ticket ${event.data.into}`)];
  if (isEvent(event, 'ticket.unmerged')) return [external(`Taken out of ticket ${event.data.from}`)];
  if (isEvent(event, 'ticket.absorbed'))
    return [external(`Ticket ${event.data.ticketId} was merged into this one`)];
  if (isEvent(event, 'ticket.released'))
    return [external(`Ticket ${event.data.ticketId} was taken out of this one`)];
  if (isEvent(event, 'ticket.followed_up'))
    return [external(`Ticket ${event.data.ticketId} follows this one`)];
  if (isEvent(event, 'message.withdrawn'))
    return [external(`Comment ${event.data.messageId} was taken back`)];
  if (isEvent(event, 'ticket.deleted')) return [change('status', null, 'deleted')];
  if (isEvent(event, 'ticket.marked_spam')) return [external('Marked as spam')];
  return plainChange(event);
}

const external = (body: string): AuditEntry => ({
  type: 'External',
  resource: 'ticket',
  body,
  success: true,
});

const fieldNames: Record<string, string> = {
  'ticket.assigned': 'assignee_id',
  'ticket.team_changed': 'group_id',
  'ticket.priority_changed': 'priority',
  'ticket.type_changed': 'type',
  'ticket.requester_changed': 'requester_id',
  'ticket.organization_changed': 'organization_id',
};

function plainChange(event: RecordedEvent): AuditEntry[] {
  const field = fieldNames[event.type];
  const data = event.data as { from?: unknown; to?: unknown };
  return field ? [change(field, data.from, data.to)] : [];
}

function createEntries(event: RecordedEvent<'ticket.opened'>, state: AuditState): AuditEntry[] {
  const { data } = event;
  state.tags = data.tags;
  const values: [string, unknown][] = [
    ['subject', state.subject],
    ['requester_id', data.requesterId],
    ['status', wireStatus(data.status)],
    ['priority', data.priority],
    ['type', data.ticketType],
    ['group_id', data.teamId],
    ['assignee_id', data.assigneeId],
    ['organization_id', data.organizationId],
  ];
  const entries = values.filter(([, value]) => value !== null).map(([field, value]) => create(field, value));
  return data.tags.length > 0
    ? [...entries, { type: 'Create', field_name: 'tags', value: data.tags }]
    : entries;
}

function changeTags(event: RecordedEvent<'ticket.tagged'>, state: AuditState): AuditEntry {
  const previous = state.tags;
  state.tags = apply(previous, event.data).sort();
  return { type: 'Change', field_name: 'tags', value: state.tags, previous_value: previous };
}

function changeCopies(event: RecordedEvent<'ticket.cc_changed'>, state: AuditState): AuditEntry {
  const previous = state.ccs;
  state.ccs = apply(previous, event.data);
  return {
    type: 'EmailCcChange',
    current_email_ccs: state.ccs.map(String),
    previous_email_ccs: previous.map(String),
  };
}

function changeFollowers(event: RecordedEvent<'ticket.followers_changed'>, state: AuditState): AuditEntry {
  const previous = state.followers;
  state.followers = apply(previous, event.data);
  return {
    type: 'FollowerChange',
    current_followers: state.followers.map(String),
    previous_followers: previous.map(String),
  };
}

function apply<T>(list: T[], { added, removed }: { added: T[]; removed: T[] }): T[] {
  return [...list.filter((one) => !removed.includes(one) && !added.includes(one)), ...added];
}
