/** The plain record a measure reads: one ticket's whole life, in time order, with no text in it. */

export const STATUSES = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const;
export type TicketStatus = (typeof STATUSES)[number];
export const CHANNELS = ['email', 'phone', 'chat', 'form', 'social', 'sms', 'api'] as const;
export type Channel = (typeof CHANNELS)[number];
export const ORIGINS = ['inbound', 'on_behalf', 'proactive'] as const;
export type Origin = (typeof ORIGINS)[number];
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];
export type Author = 'customer' | 'agent' | 'bot' | 'system';

/** What every event of a history carries. `at` is the instant it dates, in ms cut to whole seconds. */
export type EventHead = {
  readonly eventId: string;
  readonly position: number | null;
  readonly at: number;
  readonly recordedAt: number;
};

export type HistoryFact =
  | { readonly type: 'opened'; readonly status: TicketStatus }
  | {
      readonly type: 'message';
      readonly author: Author;
      readonly agentId: string | null;
      readonly public: boolean;
      readonly channel: Channel | null;
    }
  | {
      readonly type: 'status';
      readonly to: TicketStatus;
      readonly actor: Author;
      readonly agentId: string | null;
    }
  | {
      readonly type: 'assign';
      readonly to: string | null;
      readonly by: 'agent' | 'routing';
      /** Who did it, when that is known: an agent who takes a ticket assigns it to himself. */
      readonly actorId: string | null;
    }
  | { readonly type: 'claim'; readonly agentId: string }
  | { readonly type: 'handoff' }
  | { readonly type: 'call'; readonly answered: boolean; readonly agentId: string | null }
  | { readonly type: 'team'; readonly to: string | null }
  | { readonly type: 'tier'; readonly to: string | null }
  | { readonly type: 'priority'; readonly to: Priority | null }
  | { readonly type: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly type: 'merge'; readonly into: string }
  | { readonly type: 'unmerge' | 'spam' | 'unspam' | 'delete' | 'restore' }
  | {
      readonly type: 'sla';
      readonly clockId: string;
      readonly target: string;
      /** Retracted: a breach that never was. */
      readonly outcome: 'met' | 'breached' | 'retracted';
    };

export type HistoryEvent = EventHead & HistoryFact;

/**
 * `team`, `tier` and `priority` are those at creation; later ones are events. The `…Now` flags and
 * `mergedInto` are read only where the history holds no event that says so (imports of flags alone).
 */
export type TicketHistory = {
  readonly ticketId: string;
  readonly createdAt: number;
  readonly origin: Origin;
  readonly training: boolean;
  readonly channel: Channel | null;
  readonly teamId: string | null;
  readonly tier: string | null;
  readonly priority: Priority | null;
  readonly language: string | null;
  readonly spamNow: boolean;
  readonly deletedNow: boolean;
  readonly mergedInto: string | null;
  readonly events: readonly HistoryEvent[];
};

export function isSolved(status: TicketStatus): boolean {
  return status === 'solved' || status === 'closed';
}

export function isHumanReply(event: HistoryFact): boolean {
  return event.type === 'message' && event.author === 'agent' && event.public;
}

export function isCustomerMessage(event: HistoryFact): boolean {
  return event.type === 'message' && event.author === 'customer' && event.public;
}

export function isTicketStatus(word: string | null): word is TicketStatus {
  return STATUSES.some((status) => status === word);
}
