import { findCalculator } from '../catalogue.ts';
import type { Frame } from '../figure.ts';
import type { HistoryEvent, HistoryFact, TicketHistory, TicketStatus } from '../history.ts';

/** Builders for tests: a day's wall time in, whole histories out. */

export function clock(time: string, day = '2026-03-02'): number {
  return Date.parse(`${day}T${time}Z`);
}

export type Beat = readonly [time: string | number, fact: HistoryFact];

export function ticketOf(beats: readonly Beat[], about: Partial<TicketHistory> = {}): TicketHistory {
  const createdAt = about.createdAt ?? clock('09:00:00');
  const opened: Beat = [createdAt, { type: 'opened', status: 'new' }];
  const first = beats[0]?.[1].type === 'opened' ? [] : [opened];
  return {
    ticketId: 't1',
    createdAt,
    origin: 'inbound',
    training: false,
    channel: 'email',
    teamId: null,
    tier: null,
    priority: null,
    language: null,
    spamNow: false,
    deletedNow: false,
    mergedInto: null,
    events: [...first, ...beats].map(eventOf),
    ...about,
  };
}

function eventOf([time, fact]: Beat, index: number): HistoryEvent {
  const at = typeof time === 'number' ? time : clock(time);
  return { eventId: `e${index}`, position: index, at, recordedAt: at, ...fact };
}

export const says = {
  customer: { type: 'message', author: 'customer', agentId: null, public: true, channel: null },
  bot: { type: 'message', author: 'bot', agentId: null, public: true, channel: null },
  system: { type: 'message', author: 'system', agentId: null, public: true, channel: null },
  agent: { type: 'message', author: 'agent', agentId: 'a1', public: true, channel: null },
  note: { type: 'message', author: 'agent', agentId: 'a1', public: false, channel: null },
} as const satisfies Record<string, HistoryFact>;

export function becomes(
  to: TicketStatus,
  actor: 'agent' | 'bot' | 'customer' | 'system' = 'agent',
): HistoryFact {
  return { type: 'status', to, actor, agentId: actor === 'agent' ? 'a1' : null };
}

export const EVER: Frame = {
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
  asOf: Number.POSITIVE_INFINITY,
  businessSeconds: (_, from, to) => (to - from) / 1000,
};

export function calendarSeconds(from: number, to: number): number {
  return (to - from) / 1000;
}

export function calculate(id: string, input: unknown): Record<string, unknown> {
  const calculator = findCalculator(id);
  if (calculator === undefined) throw new Error(`There is no calculator ${id}`);
  return calculator.calculate(input);
}
