import type { RecordedEvent } from '../../../platform/events/event-map.ts';
import type { Observation } from '../observation.ts';
import { observe } from '../observe.ts';
import { historyOfEvents, isMeasured } from './history-of-events.ts';
import { businessClock, type Hours, spansOfEvents, storeSpans } from './ticket-schedules.ts';

/** An observation with the time during which it was what the desk knew, and the events that began and ended that. */
export interface KnownRow {
  /** The stored row's id; null for one that is not stored yet. */
  id: number | null;
  observation: Observation;
  recordedAt: number;
  recordedBy: number;
  retractedAt: number | null;
  retractedBy: number | null;
}

export interface Replay {
  /** Rows that were known at some time: the ones given, and new ones. */
  rows: KnownRow[];
  seq: number;
  knownAt: number;
  /** The schedules the ticket had, as they are kept. */
  schedules: string;
}

/**
 * Plays the commands after `from.seq` one by one: what was known after each is what `observe` says of the events up
 * to it. So a row's time of knowledge is its command's, whoever computes it and whenever. `known` are the rows that
 * stood after `from.seq`. Answers null for a ticket whose opening is not in the log.
 */
export function replayTicket(
  events: readonly RecordedEvent[],
  hours: Hours,
  from: { seq: number; knownAt: number } = { seq: 0, knownAt: 0 },
  known: readonly KnownRow[] = [],
): Replay | null {
  if (events[0]?.type !== 'ticket.opened') return null;
  const rows = [...known];
  let standing = new Map(known.map((row) => [identityOf(row.observation), row]));
  let knownAt = from.knownAt;
  for (const { end, command } of listCommands(events, from.seq)) {
    const recordedAt = Math.max(knownAt, ...command.map((event) => event.recordedAt.getTime()));
    if (!command.some(isMeasured)) continue;
    if (Number.isNaN(recordedAt)) throw new RangeError(`Event ${command[0]?.id} was recorded at no instant`);
    knownAt = recordedAt;
    const by = (command.find(isTurn) ?? command.find(isMeasured))?.id ?? 0;
    const next = new Map<string, KnownRow>();
    for (const observation of observeEvents(events.slice(0, end), hours)) {
      const identity = identityOf(observation);
      const same = standing.get(identity);
      const row = same ?? {
        id: null,
        observation,
        recordedAt,
        recordedBy: by,
        retractedAt: null,
        retractedBy: null,
      };
      if (!same) rows.push(row);
      next.set(identity, row);
    }
    for (const [identity, row] of standing) {
      if (!next.has(identity)) Object.assign(row, { retractedAt: recordedAt, retractedBy: by });
    }
    standing = next;
  }
  return { rows, seq: events.at(-1)?.ticketSeq ?? 0, knownAt, schedules: storeSpans(spansOfEvents(events)) };
}

/**
 * Two rows are the same when nothing that a figure or its list reads differs. Absent is written as nothing, since no
 * text in a row is empty; no stored text can hold the separator. Written out because it is half a recomputation: JSON
 * takes seven times as long.
 */
export function identityOf(row: Observation): string {
  const { channel, teamId, tier, priority, language, agentId } = row.dims;
  const frozen = `${channel ?? ''}\0${teamId ?? ''}\0${tier ?? ''}\0${priority ?? ''}\0${language ?? ''}\0${agentId ?? ''}`;
  const times = `${row.at}\0${row.until ?? ''}\0${row.since ?? ''}\0${row.value}\0${row.businessSeconds ?? ''}`;
  const what = `${row.measure}\0${row.ticketId}\0${row.key}\0${row.kind ?? ''}\0${row.eventId}`;
  return `${what}\0${row.excludedReason ?? ''}\0${times}\0${row.sinceCreation ?? ''}\0${frozen}`;
}

function observeEvents(events: readonly RecordedEvent[], hours: Hours): Observation[] {
  const history = historyOfEvents(events);
  return history === null ? [] : observe(history, businessClock(spansOfEvents(events), hours));
}

/** The events of one command on one ticket follow one another, since the command holds the ticket's lock. */
function listCommands(events: readonly RecordedEvent[], afterSeq: number) {
  const commands: { end: number; command: RecordedEvent[] }[] = [];
  for (const [index, event] of events.entries()) {
    if ((event.ticketSeq ?? 0) <= afterSeq) continue;
    const last = commands.at(-1);
    if (last?.command[0]?.commandId === event.commandId) {
      last.command.push(event);
      last.end = index + 1;
    } else commands.push({ end: index + 1, command: [event] });
  }
  return commands;
}

const TURNS = new Set([
  'ticket.merged',
  'ticket.unmerged',
  'ticket.marked_spam',
  'ticket.unmarked_spam',
  'ticket.deleted',
  'ticket.restored',
  'ticket.status_changed',
  'message.withdrawn',
]);

/** The event of a command that people would name as the reason why a figure changed. */
function isTurn(event: RecordedEvent): boolean {
  return TURNS.has(event.type);
}
