/**
 * The typed event map. Each module adds its own events:
 *
 *     declare module '../../platform/events/event-map.ts' {
 *       interface EventMap { 'ticket.opened': TicketOpened }
 *     }
 *
 * `data` holds ids and values, never texts, names or addresses, so that a person can be erased.
 */
// biome-ignore lint/suspicious/noEmptyInterface: modules fill it by declaration merging
export interface EventMap {}

export type EventType = keyof EventMap & string;

export type ActorKind = 'agent' | 'customer' | 'bot' | 'system';

/** Who acts: a staff member (`agent`), a customer, a bot, or the desk itself (`system`, id null). */
export interface Actor {
  kind: ActorKind;
  id: number | null;
}

export const system: Actor = { kind: 'system', id: null };

/** One row of the log. `position` is null until the sequencer has placed it. */
export interface RecordedEvent<T extends EventType = EventType> {
  id: number;
  commandId: number;
  type: T;
  version: number;
  ticketId: number | null;
  ticketSeq: number | null;
  actor: Actor;
  causedBy: number | null;
  /** The instant it dates. */
  at: Date;
  recordedAt: Date;
  position: number | null;
  data: EventMap[T];
}

/** Narrows an event by type, so `data` has its payload's type. */
export function isEvent<T extends EventType>(event: RecordedEvent, ...types: T[]): event is RecordedEvent<T> {
  return (types as string[]).includes(event.type);
}
