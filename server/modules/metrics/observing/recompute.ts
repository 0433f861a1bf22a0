import { type Database, type Queryable, sql } from '../../../platform/db/database.ts';
import { listEventsOfTickets } from '../../../platform/events/read-events.ts';
import { settleTried } from '../../../platform/events/set-aside.ts';
import { reckonApart, writeApart } from '../../../platform/events/spare-others.ts';
import { areSumsWhole, rebuildSums } from '../summing/rebuild-sums.ts';
import { METRICS_CONSUMER, whileHeld } from '../summing/while-held.ts';
import { deleteRows, forgetTickets, insertRows, listStoredRows } from './observation-rows.ts';
import { storeHeads } from './observe-events.ts';
import { identityOf, type KnownRow, type Replay, replayTicket } from './replay-ticket.ts';
import { type Hours, readHours } from './ticket-schedules.ts';

export interface Recomputed {
  tickets: number;
  /** Rows that were stored as they should be. */
  kept: number;
  added: number;
  removed: number;
  /** Tickets that cannot be measured: they are set aside, and in no figure. */
  unmeasured: number;
}

/** Tickets of a transaction, and of one reading. */
const batch = 1000;
const chunk = 250;

/**
 * Makes every observation anew from the log and compares it with what is stored, history of knowledge included.
 * A desk that has followed its log adds and removes nothing. Each batch is a transaction of its own.
 */
export async function recompute(
  db: Database,
  progress: (done: Recomputed) => void = () => undefined,
): Promise<Recomputed> {
  const total: Recomputed = { tickets: 0, kept: 0, added: 0, removed: 0, unmeasured: 0 };
  for (let after: number | null = 0; after !== null; ) {
    const start: number = after;
    after = await whileHeld(db, (tx) => recomputeBatch(tx, start, total));
    progress(total);
  }
  if (total.added + total.removed > 0 || !(await areSumsWhole(db))) await rebuildSums(db);
  return total;
}

async function recomputeBatch(tx: Queryable, after: number, total: Recomputed): Promise<number | null> {
  const heads = await tx.all<{ ticket_id: number }>(
    sql`select ticket_id from measured_logs where ticket_id > ${after} order by ticket_id limit ${batch}`,
  );
  const ids = heads.map((head) => head.ticket_id);
  if (ids.length === 0) return null;
  const hours = await readHours(tx);
  // The database reads the next tickets while these are computed.
  let next = readTickets(tx, ids.slice(0, chunk));
  for (let start = 0; start < ids.length; start += chunk) {
    const tickets = await next;
    next = readTickets(tx, ids.slice(start + chunk, start + 2 * chunk));
    next.catch(() => undefined);
    await recomputeTickets(tx, tickets, hours, total);
  }
  await next;
  return ids.at(-1) ?? null;
}

interface ReadTickets {
  ids: number[];
  events: Awaited<ReturnType<typeof listEventsOfTickets>>;
  stored: Awaited<ReturnType<typeof listStoredRows>>;
}

async function readTickets(tx: Queryable, ids: number[]): Promise<ReadTickets> {
  if (ids.length === 0) return { ids, events: new Map(), stored: new Map() };
  const [events, stored] = await Promise.all([listEventsOfTickets(tx, ids), listStoredRows(tx, ids, 'all')]);
  return { ids, events, stored };
}

async function recomputeTickets(
  tx: Queryable,
  { ids, events, stored }: ReadTickets,
  hours: Hours,
  total: Recomputed,
): Promise<void> {
  const { done, failed } = reckonApart(ids, (ticketId) => {
    const replay = replayTicket(events.get(ticketId) ?? [], hours);
    return { replay, ...compareRows(replay?.rows ?? [], stored.get(ticketId) ?? []) };
  });
  const refused = await writeApart(tx, [...done], (some) => storeCompared(tx, some));
  for (const [[ticketId], error] of refused) {
    done.delete(ticketId);
    failed.set(ticketId, error);
  }
  await forgetTickets(tx, [...failed.keys()]);
  await settleTried(tx, METRICS_CONSUMER, { tickets: ids, failed });
  for (const { kept, missing, wrong } of done.values()) {
    total.kept += kept;
    total.added += missing.length;
    total.removed += wrong.length;
  }
  for (const ticketId of failed.keys()) total.removed += stored.get(ticketId)?.length ?? 0;
  total.tickets += ids.length;
  total.unmeasured += failed.size;
}

type Compared = ReturnType<typeof compareRows> & { replay: Replay | null };

async function storeCompared(
  tx: Queryable,
  tickets: readonly (readonly [number, Compared])[],
): Promise<void> {
  await deleteRows(
    tx,
    tickets.flatMap(([, { wrong }]) => wrong),
  );
  await insertRows(
    tx,
    tickets.flatMap(([, { missing }]) => missing),
  );
  await storeHeads(tx, new Map(tickets.flatMap(([id, { replay }]) => (replay ? [[id, replay]] : []))));
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
