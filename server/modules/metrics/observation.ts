import type { Channel, HistoryEvent, Priority, TicketHistory } from './history.ts';
import type { ExclusionReason } from './population.ts';

const MEASURES = [
  'created',
  'contact',
  'solve',
  'first_resolution',
  'full_resolution',
  'reopen',
  'first_response',
  'first_response_wait',
  'any_response',
  'claim',
  'claim_wait',
  'backlog_flow',
  'unsolved_stay',
  'sla_outcome',
] as const;
export type MeasureId = (typeof MEASURES)[number];

/** Frozen at the dating event. `agentId` is the one who is credited, never the assignee of today. */
export type Dimensions = {
  readonly channel: Channel | null;
  readonly teamId: string | null;
  readonly tier: string | null;
  readonly priority: Priority | null;
  readonly language: string | null;
  readonly agentId: string | null;
};

/**
 * One measured thing. `key` is unique within ticket and measure, so a recomputation can be compared
 * row by row. `value` is calendar seconds for durations, 1 for things that are counted, +1 or -1 for
 * a change of stock. `until` closes a state that lasts ("still waiting", "still solved"): it holds at
 * an instant T when `at <= T < until`. `since` is where the age of such a state is counted from.
 */
export type Observation = {
  readonly measure: MeasureId;
  readonly ticketId: string;
  readonly key: string;
  readonly kind: string | null;
  readonly at: number;
  readonly until: number | null;
  readonly since: number | null;
  readonly value: number;
  readonly businessSeconds: number | null;
  /** Only a first response: calendar seconds since the ticket became demand, whatever it is timed from. */
  readonly sinceCreation: number | null;
  readonly eventId: string;
  readonly recordedAt: number;
  readonly dims: Dimensions;
  readonly excludedReason: ExclusionReason | null;
};

/** What a measure says; ticket, exclusion and the event's own facts are added by `observe`. */
export type Reading = {
  readonly measure: MeasureId;
  readonly key: string;
  readonly event: HistoryEvent;
  readonly dims: Dimensions;
  readonly value: number;
  readonly kind?: string;
  readonly at?: number;
  readonly until?: number | null;
  readonly since?: number;
  readonly businessSeconds?: number | null;
  readonly sinceCreation?: number;
};

export function toObservation(
  history: TicketHistory,
  excludedReason: ExclusionReason | null,
  reading: Reading,
): Observation {
  return {
    measure: reading.measure,
    ticketId: history.ticketId,
    key: reading.key,
    kind: reading.kind ?? null,
    at: reading.at ?? reading.event.at,
    until: reading.until ?? null,
    since: reading.since ?? null,
    value: reading.value,
    businessSeconds: reading.businessSeconds ?? null,
    sinceCreation: reading.sinceCreation ?? null,
    eventId: reading.event.eventId,
    recordedAt: reading.event.recordedAt,
    dims: reading.dims,
    excludedReason,
  };
}
