import { type Queryable, sql } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import type { Actor } from '../../platform/events/event-map.ts';
import { importChunk } from './import-history-chunk.ts';
import { drawIds } from './import-history-ids.ts';
import type { MergeEvent } from './import-history-merges.ts';
import { type Names, noNames, scheduleIds } from './import-history-names.ts';
import { finalMerge, type ReadLine, readLines, refuse } from './import-history-read.ts';

/** What became of one line. `extended`: a known ticket whose line brought more events at its end. */
export interface LineFate {
  line: number;
  id: string | null;
  fate: 'created' | 'extended' | 'unchanged' | 'refused';
  ticketId?: number;
  error?: { code: string; message: string; fields: Record<string, string> };
}

const mostLines = 200;
const mostEvents = 2000;

/**
 * Whole histories at their own times. They fire no reaction and send nothing: events go straight into the log, from
 * which search and figures read them. Each chunk is a transaction of well under a second.
 */
export async function importHistory(desk: Desk, actor: Actor, ndjson: string): Promise<LineFate[]> {
  const fates = new Map<number, LineFate>();
  const read = readLines(ndjson, fates);
  await refuseUnknownSchedules(desk.db, read, fates);
  const tickets = await placeTickets(desk.db, read, fates);
  let carried: { names: Names; untold: readonly MergeEvent[] } = { names: noNames(), untold: [] };
  for (const chunk of cutChunks(orderByMerge(read.filter(({ number }) => !fates.has(number))))) {
    try {
      const done = await desk.run(actor, (cx) => importChunk(cx, chunk, tickets, carried));
      const { fates: found, ...next } = done;
      carried = next;
      for (const fate of found) fates.set(fate.line, fate);
    } catch (error) {
      desk.log.error({ error }, 'a chunk of an import failed');
      for (const one of chunk)
        fates.set(one.number, refuse(one, { line: 'could not be stored; send it again' }, 'failed'));
    }
  }
  desk.signals.tell('events');
  return [...fates.values()].sort((a, b) => a.line - b.line);
}

async function refuseUnknownSchedules(
  db: Queryable,
  lines: ReadLine[],
  fates: Map<number, LineFate>,
): Promise<void> {
  const named = lines.filter(({ line }) => typeof line.schedule === 'string');
  if (named.length === 0) return;
  const known = await scheduleIds(db);
  for (const one of named) {
    if (known.has(String(one.line.schedule).toLowerCase())) continue;
    fates.set(one.number, refuse(one, { schedule: 'no schedule has this name; give its hours instead' }));
  }
}

/** Ids of every ticket that a line is or names, so that merges can point ahead; who names nobody is refused. */
async function placeTickets(
  db: Queryable,
  lines: ReadLine[],
  fates: Map<number, LineFate>,
): Promise<Map<string, number>> {
  const words = [...new Set(lines.flatMap(({ line }) => [line.id, ...mergeTargets(line)]))];
  const known = await db.all<{ source_id: string; ticket_id: number }>(
    sql`select source_id, ticket_id from imported_tickets where source_id = any(${words}::text[])`,
  );
  const tickets = new Map(known.map((row) => [row.source_id, row.ticket_id]));
  const fresh = new Set(lines.map(({ line }) => line.id).filter((id) => !tickets.has(id)));
  refuseDangling(lines, tickets, fresh, fates);
  const ids = await drawIds(db, 'tickets', fresh.size);
  for (const [index, id] of [...fresh].entries()) tickets.set(id, ids[index] as number);
  return tickets;
}

function refuseDangling(
  lines: ReadLine[],
  known: ReadonlyMap<string, number>,
  fresh: Set<string>,
  fates: Map<number, LineFate>,
): void {
  for (let again = true; again; ) {
    again = false;
    const living = new Set(lines.filter(({ number }) => !fates.has(number)).map(({ line }) => line.id));
    for (const one of lines) {
      if (fates.has(one.number)) continue;
      const lost = mergeTargets(one.line).find(
        (id) => id === one.line.id || !(known.has(id) || living.has(id)),
      );
      if (lost === undefined) continue;
      const why =
        lost === one.line.id ? 'a ticket cannot be merged into itself' : `${lost} is no ticket of an import`;
      fates.set(one.number, refuse(one, { mergedInto: why }));
      again = true;
    }
    for (const id of fresh) if (!living.has(id)) fresh.delete(id);
  }
}

function mergeTargets(line: ReadLine['line']): string[] {
  const events = line.events.flatMap((event) => (event.type === 'merge' ? [event.into] : []));
  return line.mergedInto == null ? events : [...events, line.mergedInto];
}

/** What others are merged into comes before them, so that no row points at one that is not there. */
function orderByMerge(lines: ReadLine[]): ReadLine[] {
  const byId = new Map(lines.map((one) => [one.line.id, one]));
  const depthOf = (one: ReadLine): number => {
    let depth = 0;
    for (let next = finalMerge(one.line); next !== null && depth <= lines.length; depth++) {
      const into = byId.get(next);
      next = into ? finalMerge(into.line) : null;
    }
    return depth;
  };
  const depths = new Map(lines.map((one) => [one, depthOf(one)]));
  return [...lines].sort((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0));
}

/** A line for an id that is in the chunk already begins a new one. */
function* cutChunks(lines: ReadLine[]): Generator<ReadLine[]> {
  let chunk: ReadLine[] = [];
  let ids = new Set<string>();
  let events = 0;
  for (const one of lines) {
    const full =
      chunk.length === mostLines || events + one.line.events.length > mostEvents || ids.has(one.line.id);
    if (full && chunk.length > 0) {
      yield chunk;
      chunk = [];
      ids = new Set();
      events = 0;
    }
    chunk.push(one);
    ids.add(one.line.id);
    events += one.line.events.length + 1;
  }
  if (chunk.length > 0) yield chunk;
}
