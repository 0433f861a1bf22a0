import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { insertEvents, type PendingEvent } from '../../platform/events/insert-events.ts';
import type { LineFate } from './import-history.ts';
import { type ImportedLife, type Meanings, playHistory } from './import-history-life.ts';
import { customerKey, learnNames, type Names, scheduleKey } from './import-history-names.ts';
import { digestLine, type ReadLine, refuse } from './import-history-read.ts';
import { type ImportedTicket, insertTickets, rememberLines, updateTicket, writeMessages } from './import-history-rows.ts';

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
  before: Names,
): Promise<{ fates: LineFate[]; names: Names }> {
  await cx.tx.write(sql`select pg_advisory_xact_lock(${lockKey})`);
  const known = await listKnown(cx, chunk);
  const fates: LineFate[] = [];
  const taken: { one: ReadLine; skip: number; known: Known | undefined }[] = [];
  for (const one of chunk) {
    const stored = known.get(one.line.id);
    const fate = stored ? judgeAgain(one, stored) : null;
    if (fate) fates.push(fate);
    else taken.push({ one, skip: stored?.event_count ?? 0, known: stored });
  }
  if (taken.length === 0) return { fates, names: before };
  const names = await learnNames(cx, before, taken.map(({ one }) => one.line));
  const meanings = await meaningsOf(cx, names, tickets, taken);
  const imported = taken.map(({ one, skip, known: stored }) => {
    const ticketId = stored?.ticket_id ?? meanings.ticket(one.line.id);
    const person = personOf(one, names);
    const life = playHistory(one.line, person, meanings, stored ? Math.max(1, skip) : 0);
    return { one, stored, ticketId, person, life: stored && skip === 0 ? withoutOpening(one, person, meanings) : life };
  });
  await write(cx, imported);
  for (const { one, stored, ticketId } of imported) {
    fates.push({ line: one.number, id: one.line.id, fate: stored ? 'extended' : 'created', ticketId });
  }
  return { fates, names };
}
