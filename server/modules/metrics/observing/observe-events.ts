import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { Consumer } from '../../../platform/events/follow-events.ts';
import { listEventsOfTickets } from '../../../platform/events/read-events.ts';
import type { Tried } from '../../../platform/events/set-aside.ts';
import { reckonApart, writeApart } from '../../../platform/events/spare-others.ts';
import { METRICS_CONSUMER } from '../summing/while-held.ts';
import { isMeasured } from './history-of-events.ts';
import { forgetTickets, insertRows, listStoredRows, retractRows } from './observation-rows.ts';
import { type KnownRow, type Replay, replayTicket } from './replay-ticket.ts';
import { readHours } from './ticket-schedules.ts';

/** Follows the log and keeps the observations of every ticket that something happened to. */
export const observeConsumer: Consumer = {
  name: METRICS_CONSUMER,
  batch: 2000,
  // A tile moves within two seconds of its event.
  restMilliseconds: 500,
  announcedAs: 'figures.measured',
  async consume(tx, events, again) {
    const touched = events.filter(isMeasured).flatMap(({ ticketId }) => ticketId ?? []);
    const tickets = new Set([...again, ...touched]);
    return tickets.size > 0 ? observeTickets(tx, [...tickets]) : undefined;
  },
};

/**
 * A ticket's committed events are always a beginning of its own sequence, whatever the batch held, so each is
 * measured up to its last one and not twice. One whose history cannot be measured is in no figure until it can be.
 */
async function observeTickets(tx: Queryable, ticketIds: number[]): Promise<Tried> {
  const events = await listEventsOfTickets(tx, ticketIds);
  const heads = await listHeads(tx, ticketIds);
  const stored =
    heads.size === 0
      ? new Map<number, KnownRow[]>()
      : await listStoredRows(tx, [...heads.keys()], 'standing');
  const hours = await readHours(tx);
  const isBehind = (ticketId: number) =>
    (events.get(ticketId)?.at(-1)?.ticketSeq ?? 0) > (heads.get(ticketId)?.seq ?? 0);
  const { done, failed } = reckonApart(ticketIds.filter(isBehind), (ticketId) =>
    replayTicket(events.get(ticketId) ?? [], hours, heads.get(ticketId), stored.get(ticketId)),
  );
  const refused = await writeApart(tx, opened(done), (some) => storeReplays(tx, new Map(some)));
  for (const [[ticketId], error] of refused) failed.set(ticketId, error);
  await forgetTickets(tx, [...failed.keys()]);
  return { tickets: ticketIds, failed };
}

/** Without tickets whose opening is not in the log. */
const opened = (replays: ReadonlyMap<number, Replay | null>): [number, Replay][] =>
  [...replays].filter((one): one is [number, Replay] => one[1] !== null);

async function storeReplays(tx: Queryable, replays: ReadonlyMap<number, Replay>): Promise<void> {
  const rows = [...replays.values()].flatMap((replay) => replay.rows);
  await retractRows(
    tx,
    rows.filter((row) => row.id !== null && row.retractedAt !== null),
  );
  await insertRows(
    tx,
    rows.filter((row) => row.id === null),
  );
  await storeHeads(tx, replays);
}

async function listHeads(tx: Queryable, ticketIds: number[]) {
  const rows = await tx.all<{ ticket_id: number; seq: number; known_at: Date }>(
    sql`select ticket_id, seq, known_at from observed_tickets where ticket_id = any(${ticketIds}::bigint[])`,
  );
  return new Map(rows.map((row) => [row.ticket_id, { seq: row.seq, knownAt: row.known_at.getTime() }]));
}

export async function storeHeads(tx: Queryable, replays: ReadonlyMap<number, Replay>): Promise<void> {
  const list = [...replays];
  await tx.write(sql`
    insert into observed_tickets (ticket_id, seq, known_at, schedules)
    select * from unnest(${list.map(([id]) => id)}::bigint[], ${list.map(([, { seq }]) => seq)}::int[],
      ${list.map(([, { knownAt }]) => new Date(knownAt).toISOString())}::timestamptz[],
      ${list.map(([, { schedules }]) => schedules)}::jsonb[])
    on conflict (ticket_id) do update set seq = excluded.seq, known_at = excluded.known_at,
      schedules = excluded.schedules
    where (observed_tickets.seq, observed_tickets.known_at, observed_tickets.schedules)
      is distinct from (excluded.seq, excluded.known_at, excluded.schedules)`);
}
