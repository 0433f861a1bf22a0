/** What a ticket tells. Ids and values only: texts, names and addresses stay in their rows. */

export type Status = 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type TicketType = 'question' | 'incident' | 'problem' | 'task';
export type Channel = 'email' | 'phone' | 'chat' | 'form' | 'social' | 'sms' | 'api';
export type Origin = 'inbound' | 'on_behalf' | 'proactive';
export type AuthorKind = 'agent' | 'customer' | 'bot' | 'system';

export interface TicketOpened {
  status: Status;
  channel: Channel;
  origin: Origin;
  requesterId: number;
  organizationId: number | null;
  inboxId: number | null;
  scheduleId: number | null;
  teamId: number | null;
  assigneeId: number | null;
  tier: number | null;
  priority: Priority | null;
  ticketType: TicketType | null;
  language: string | null;
  tags: string[];
  training: boolean;
  followUpOf: number | null;
}

export interface MessageAdded {
  messageId: number;
  author: AuthorKind;
  authorId: number | null;
  channel: Channel;
  attachments: number;
}

interface Change<V> {
  from: V;
  to: V;
}

/** Why the desk changed something that nobody asked for as such. */
export type Cause =
  | 'staff_disabled'
  | 'team_left'
  | 'team_deleted'
  /** Of an assignee: the ticket went to a team they are not in. */
  | 'not_in_team'
  /** The time in which a reply reopens is over. */
  | 'closing_time'
  | 'customer_wrote'
  /** Opened and claimed by the first public reply. */
  | 'replied'
  | 'mentioned'
  /** An organization goes with its customer. */
  | 'requester_changed'
  | 'customers_merged'
  | 'ticket_merged'
  | 'ticket_unmerged';

interface Caused {
  cause?: Cause;
}

/** A reply was taken back, and this with it: the ids of the events that count no more, as this one does not. */
interface Undoing {
  undoes?: number[];
}

declare module '../../platform/events/event-map.ts' {
  interface EventMap {
    'ticket.opened': TicketOpened;
    /** On a closed ticket: another one goes on where it ended. */
    'ticket.followed_up': { ticketId: number };
    /** A customer wrote (any channel). */
    'message.received': MessageAdded;
    /** The desk wrote publicly: author agent, bot or system (acknowledgements are system). */
    'message.sent': MessageAdded;
    /** An internal note. */
    'note.added': MessageAdded & { mentions: number[] };
    'message.redacted': { messageId: number };
    'ticket.status_changed': Change<Status> & Undoing & Caused;
    /** `by` tells a person's choice from a rule's; assigning oneself is a claim too (`ticket.claimed`). */
    'ticket.assigned': Change<number | null> & { by: 'agent' | 'routing' } & Undoing & Caused;
    'ticket.claimed': { agentId: number };
    'ticket.team_changed': Change<number | null> & Caused;
    'ticket.priority_changed': Change<Priority | null>;
    'ticket.type_changed': Change<TicketType | null>;
    'ticket.tier_changed': Change<number | null> & { reason: string | null };
    'ticket.language_changed': Change<string | null>;
    'ticket.schedule_changed': Change<number | null>;
    'ticket.inbox_changed': Change<number | null>;
    'ticket.requester_changed': Change<number> & Caused;
    'ticket.organization_changed': Change<number | null> & Caused;
    'ticket.subject_changed': Record<string, never>;
    'ticket.external_id_changed': Record<string, never>;
    'ticket.tagged': { added: string[]; removed: string[] };
    /** A custom field; `from` and `to` only for kinds that cannot hold personal text. */
    'ticket.field_changed': { fieldId: number; from?: unknown; to?: unknown };
    'ticket.cc_changed': { added: number[]; removed: number[] } & Undoing & Caused;
    'ticket.followers_changed': { added: number[]; removed: number[] } & Caused;
    /** On the ticket that goes away; its messages stay on it and show on the other. */
    'ticket.merged': { into: number };
    'ticket.unmerged': { from: number };
    /** On the ticket that stays. `waitingSince`: the oldest message without an answer on the one that came in. */
    'ticket.absorbed': { ticketId: number; waitingSince?: string | null };
    /**
     * On the ticket that stays: one that came in was taken out again, or had one taken out itself. `waitingSince`: what
     * it brings from now on, null for nothing.
     */
    'ticket.released': { ticketId: number; waitingSince: string | null };
    'ticket.marked_spam': Record<string, never>;
    'ticket.unmarked_spam': Record<string, never>;
    'ticket.deleted': Record<string, never>;
    'ticket.restored': Record<string, never>;
    /** A bot gave the conversation to people. */
    'ticket.handed_off': Record<string, never>;
    'call.ended': {
      answered: boolean;
      queueSeconds: number | null;
      holdSeconds: number[];
      talkSeconds: number | null;
      wrapSeconds: number | null;
      agentId: number | null;
    };
    'ticket_field.created': { fieldId: number; kind: string };
    'ticket_field.changed': { fieldId: number; fields: string[] };
    'survey.answered': { kind: string; scale: string; score: number; messageId: number | null };
  }
}
