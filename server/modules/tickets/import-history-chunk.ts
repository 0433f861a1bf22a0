import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import type { PendingEvent } from '../../platform/events/insert-events.ts';
import { insertHistory } from '../../platform/events/insert-history.ts';
import type { LineFate } from './import-history.ts';
import { drawIds } from './import-history-ids.ts';
import { type Meanings, playHistory } from './import-history-life.ts';
import {
  followHeads,
  type MergeEvent,
  mergeEvents,
  refreshMerged,
  writeMerges,
} from './import-history-merges.ts';
import { customerKey, learnNames, type Names, scheduleKey } from './import-history-names.ts';
import { digestLine, type ReadLine, refuse } from './import-history-read.ts';
import {
  type ImportedTicket,
  insertTickets,
  rememberLines,
  updateTicket,
  writeMessages,
} from './import-history-rows.ts';

interface Known {
  source_id: string;
  ticket_id: number;
  about: Buffer;
  events: Buffer;
  event_count: number;
  seq: number;
  head: number;
}

const lockKey = 7_130_021;

/** One transaction's part of an import. Two imports take turns, so that no line is taken twice. */
export async function importChunk(
  cx: CommandContext,
  chunk: ReadLine[],
  tickets: ReadonlyMap<string, number>,
  before: { names: Names; untold: readonly MergeEvent[] },
): Promise<{ fates: LineFate[]; names: Names; untold: readonly MergeEvent[] }> {
  await cx.tx.write(sql`select pg_advisory_xact_lock(${lockKey})`);
  const known = await listKnown(cx, chunk);
  const fates: LineFate[] = [];
  const wanted: Wanted[] = [];
  for (const one of chunk) {
    const stored = known.get(one.line.id);
    const fate = stored ? judgeAgain(one, stored) : null;
    if (fate) fates.push(fate);
    else wanted.push({ ...one, stored: stored ?? null });
  }
  if (wanted.length === 0) return { fates, ...before };
  const lines = wanted.map(({ line }) => line);
  const names = await learnNames(cx, before.names, lines);
  const meanings = await meaningsOf(cx, names, tickets, lines);
  const imported = wanted.map((one) => playLine(one, names, meanings));
  const untold = await write(cx, imported, before.untold);
  for (const { number, line, stored, ticketId } of imported) {
    fates.push({ line: number, id: line.id, fate: stored ? 'extended' : 'created', ticketId });
  }
  return { fates, names, untold };
}

type Wanted = ReadLine & { stored: Known | null };
type Played = Wanted & ImportedTicket;

async function listKnown(cx: CommandContext, chunk: ReadLine[]): Promise<Map<string, Known>> {
  const rows = await cx.tx.all<Known>(sql`
    select source_id, ticket_id, about, events, event_count, imported_tickets.seq, event_heads.seq as head
    from imported_tickets join event_heads using (ticket_id)
    where source_id = any(${chunk.map(({ line }) => line.id)}::text[])`);
  return new Map(rows.map((row) => [row.source_id, row]));
}

/** The fate of a line whose ticket is here; null when it goes on where the import had ended. */
function judgeAgain(one: ReadLine, known: Known): LineFate | null {
  const { about, events } = digestLine(one.line, known.event_count);
  if (!about.equals(known.about)) {
    return refuse(
      one,
      { id: 'this ticket was imported with other properties; only events can be added' },
      'changed',
    );
  }
  if (one.line.events.length < known.event_count || !events.equals(known.events)) {
    return refuse(
      one,
      { events: 'differ from those imported; events can only be added at the end' },
      'changed',
    );
  }
  if (one.line.events.length === known.event_count) {
    return { line: one.number, id: one.line.id, fate: 'unchanged', ticketId: known.ticket_id };
  }
  if (known.head === known.seq) return null;
  return refuse(one, { events: 'this ticket lives on in this desk and takes no more history' }, 'changed');
}

/** Ids of messages are drawn beforehand, so that their events can name them. */
async function meaningsOf(
  cx: CommandContext,
  names: Names,
  tickets: ReadonlyMap<string, number>,
  lines: ReadLine['line'][],
): Promise<Meanings> {
  const said = lines.flatMap(({ events }) => events.filter(({ type }) => type === 'message')).length;
  const messages = (await drawIds(cx.tx, 'messages', said)).values();
  return {
    agent: (name) => known(names.agents.get(name)),
    team: (name) => known(names.teams.get(name)),
    ticket: (sourceId) => known(tickets.get(sourceId)),
    message: () => known(messages.next().value),
  };
}

function known(id: number | undefined): number {
  if (id === undefined) throw new Error('an import uses a name it has not learned');
  return id;
}

function playLine(one: Wanted, names: Names, meanings: Meanings): Played {
  const { line, stored } = one;
  const person = {
    requesterId: known(names.customers.get(customerKey(line))),
    organizationId: line.organization == null ? null : known(names.organizations.get(line.organization)),
    scheduleId: line.schedule == null ? null : known(names.schedules.get(scheduleKey(line.schedule))),
  };
  const ticketId = stored?.ticket_id ?? meanings.ticket(line.id);
  const life = playHistory(line, person, meanings, stored?.event_count ?? null);
  return { ...one, ticketId, person, life, extends: stored !== null };
}

type TicketEvent = PendingEvent & { ticketId: number };

async function write(
  cx: CommandContext,
  imported: Played[],
  before: readonly MergeEvent[],
): Promise<readonly MergeEvent[]> {
  await insertTickets(
    cx,
    imported.filter(({ stored }) => stored === null),
  );
  for (const one of imported) if (one.stored !== null) await updateTicket(cx, one);
  await writeMessages(cx, imported);
  const untold = await writeEvents(cx, imported, before);
  await rememberLines(cx, imported);
  return untold;
}

async function writeEvents(
  cx: CommandContext,
  imported: Played[],
  before: readonly MergeEvent[],
): Promise<readonly MergeEvent[]> {
  await writeMerges(cx, imported);
  await refreshMerged(cx, imported);
  const events = imported.flatMap(({ ticketId, life }) =>
    life.events.map((event) => ({ ...event, ticketId, causedBy: null }) as TicketEvent),
  );
  const { told, untold } = await mergeEvents(cx, imported, before);
  // In the order they happened, so that a ticket's log runs forward where both are of this chunk.
  const ordered = told.length === 0 ? events : [...events, ...told].sort((a, b) => +a.at - +b.at);
  await insertHistory(cx.tx, cx.commandId, cx.now, ordered);
  await followHeads(cx, told);
  return untold;
}
