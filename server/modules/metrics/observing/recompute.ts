import { type Database, named, type Queryable, queryable, sql } from '../../../platform/db/database.ts';
import { holdConsumer } from '../../../platform/events/follow-events.ts';
import { listEventsOfTickets } from '../../../platform/events/read-events.ts';
import { insertRows, listStoredRows } from './observation-rows.ts';
import { observeConsumer, storeHeads } from './observe-events.ts';
import { identityOf, type KnownRow, type Replay, replayTicket } from './replay-ticket.ts';
import { type Hours, readHours } from './ticket-schedules.ts';

export interface Recomputed {
  tickets: number;
  /** Rows that were stored as they should be. */
  kept: number;
  added: number;
  removed: number;
}

const batch = 250;

/**
 * Makes every observation anew from the log and compares it with what is stored, history of knowledge included.
 * A desk that has followed its log adds and removes nothing. Each batch is a transaction of its own.
 */
export async function recompute(
  db: Database,
  progress: (done: Recomputed) => void = () => undefined,
): Promise<Recomputed> {
  const total: Recomputed = { tickets: 0, kept: 0, added: 0, removed: 0 };
  for (let after: number | null = 0; after !== null; ) {
    const start: number = after;
    after = await inTransaction(db, (tx) => recomputeBatch(tx, start, total));
    progress(total);
  }
  return total;
}

async function recomputeBatch(tx: Queryable, after: number, total: Recomputed): Promise<number | null> {
  await holdConsumer(tx, observeConsumer.name);
  const heads = await tx.all<{ ticket_id: number }>(
    sql`select ticket_id from event_heads where ticket_id > ${after} order by ticket_id limit ${batch}`,
  );
  const ids = heads.map((head) => head.ticket_id);
  if (ids.length === 0) return null;
  const events = await listEventsOfTickets(tx, ids);
  const stored = await listStoredRows(tx, ids, 'all');
  const replays = replayAll(events, await readHours(tx));
  const right = [...replays.values()].flatMap(({ rows }) => rows);
  const { kept, missing, wrong } = compareRows(right, [...stored.values()].flat());
  if (wrong.length > 0) await tx.write(sql`delete from observations where id = any(${wrong}::bigint[])`);
  await insertRows(tx, missing);
  await storeHeads(tx, replays, events);
  total.tickets += ids.length;
  total.kept += kept;
  total.added += missing.length;
  total.removed += wrong.length;
  return ids.at(-1) ?? null;
}

function replayAll(
  events: Awaited<ReturnType<typeof listEventsOfTickets>>,
  hours: Hours,
): Map<number, Replay> {
  const replays = new Map<number, Replay>();
  for (const [ticketId, own] of events) {
    const replay = replayTicket(own, hours);
    if (replay) replays.set(ticketId, replay);
  }
  return replays;
}

function compareRows(right: readonly KnownRow[], stored: readonly KnownRow[]) {
  const unmatched = new Map<string, KnownRow[]>();
  for (const row of stored) {
    const identity = knowledgeOf(row);
    unmatched.set(identity, [...(unmatched.get(identity) ?? []), row]);
  }
  const missing = right.filter((row) => unmatched.get(knowledgeOf(row))?.pop() === undefined);
  const wrong = [...unmatched.values()].flat().flatMap(({ id }) => id ?? []);
  return { kept: right.length - missing.length, missing, wrong };
}

function knowledgeOf(row: KnownRow): string {
  return `${identityOf(row.observation)}|${row.recordedAt}|${row.recordedBy}|${row.retractedAt}|${row.retractedBy}`;
}

async function inTransaction<R>(db: Database, work: (tx: Queryable) => Promise<R>): Promise<R> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(queryable((query) => client.query(named(query))));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
