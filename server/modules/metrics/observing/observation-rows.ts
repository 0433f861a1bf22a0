import { type Queryable, type Sql, sql } from '../../../platform/db/database.ts';
import type { Observation } from '../observation.ts';
import { noteDays, rollRows } from '../summing/roll-rows.ts';
import type { KnownRow } from './replay-ticket.ts';

export interface StoredRow {
  id: number;
  ticket_id: number;
  event_id: number;
  at: number;
  until: number | null;
  since: number | null;
  recorded_at: Date;
  recorded_by: number;
  retracted_at: Date | null;
  retracted_by: number | null;
  team_id: number | null;
  agent_id: number | null;
  measure: Observation['measure'];
  value: number;
  business_seconds: number | null;
  since_creation: number | null;
  key: string;
  kind: string | null;
  channel: Observation['dims']['channel'];
  tier: string | null;
  priority: Observation['dims']['priority'];
  language: string | null;
  excluded_reason: Observation['excludedReason'];
}

function fromStored(row: StoredRow): KnownRow {
  return {
    id: row.id,
    observation: observationOf(row, row.recorded_at.getTime()),
    recordedAt: row.recorded_at.getTime(),
    recordedBy: row.recorded_by,
    retractedAt: row.retracted_at?.getTime() ?? null,
    retractedBy: row.retracted_by,
  };
}

/** The fields in the order in which `observe` writes them: rows are compared by their JSON. */
function observationOf(
  row: Omit<StoredRow, 'id' | 'recorded_at' | 'recorded_by' | 'retracted_at' | 'retracted_by'>,
  recordedAt: number,
): Observation {
  return {
    measure: row.measure,
    ticketId: String(row.ticket_id),
    key: row.key,
    kind: row.kind,
    at: row.at * 1000,
    until: row.until === null ? null : row.until * 1000,
    since: row.since === null ? null : row.since * 1000,
    value: row.value,
    businessSeconds: row.business_seconds,
    sinceCreation: row.since_creation,
    eventId: String(row.event_id),
    recordedAt,
    dims: {
      channel: row.channel,
      teamId: row.team_id === null ? null : String(row.team_id),
      tier: row.tier,
      priority: row.priority,
      language: row.language,
      agentId: row.agent_id === null ? null : String(row.agent_id),
    },
    excludedReason: row.excluded_reason,
  };
}

export async function listStoredRows(db: Queryable, ticketIds: readonly number[], which: 'all' | 'standing') {
  const own = sql`ticket_id = any(${[...ticketIds]}::bigint[])`;
  // Two halves, since each has an index of its own and the whole has none.
  const retracted: Sql =
    which === 'all'
      ? sql`union all select * from observations where ${own} and retracted_at is not null`
      : sql``;
  const rows = await db.all<StoredRow>(
    sql`select * from observations where ${own} and retracted_at is null ${retracted} order by id`,
  );
  const byTicket = new Map<number, KnownRow[]>();
  for (const row of rows) {
    const list = byTicket.get(row.ticket_id);
    if (list) list.push(fromStored(row));
    else byTicket.set(row.ticket_id, [fromStored(row)]);
  }
  return byTicket;
}

export async function retractRows(tx: Queryable, rows: readonly KnownRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.flatMap(({ id }) => id ?? []);
  await rollRows(tx, ids, -1);
  await tx.write(sql`
    update observations set retracted_at = gone.at, retracted_by = gone.by
    from unnest(${rows.map(({ id }) => id)}::bigint[], ${rows.map(({ retractedAt }) => isoOrNull(retractedAt))}::timestamptz[],
      ${rows.map(({ retractedBy }) => retractedBy)}::bigint[]) as gone (id, at, by)
    where observations.id = gone.id`);
  await noteDays(tx, ids);
}

const chunk = 5000;

export async function insertRows(tx: Queryable, rows: readonly KnownRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += chunk)
    await insertChunk(tx, rows.slice(start, start + chunk));
}

async function insertChunk(tx: Queryable, rows: readonly KnownRow[]): Promise<void> {
  const each = <T>(pick: (observation: Observation) => T) => rows.map(({ observation }) => pick(observation));
  const added = await tx.all<{ id: number }>(sql`
    insert into observations (ticket_id, event_id, at, until, since, value, business_seconds, since_creation, measure, key, kind,
      channel, team_id, tier, priority, language, agent_id, excluded_reason,
      recorded_at, recorded_by, retracted_at, retracted_by)
    select * from unnest(
      ${each((o) => o.ticketId)}::bigint[], ${each((o) => o.eventId)}::bigint[], ${each((o) => o.at / 1000)}::bigint[],
      ${each((o) => secondsOrNull(o.until))}::bigint[], ${each((o) => secondsOrNull(o.since))}::bigint[],
      ${each((o) => o.value)}::int[], ${each((o) => o.businessSeconds)}::int[], ${each((o) => o.sinceCreation)}::int[], ${each((o) => o.measure)}::measure[],
      ${each((o) => o.key)}::text[], ${each((o) => o.kind)}::text[], ${each((o) => o.dims.channel)}::text[],
      ${each((o) => o.dims.teamId)}::bigint[], ${each((o) => o.dims.tier)}::text[],
      ${each((o) => o.dims.priority)}::text[], ${each((o) => o.dims.language)}::text[],
      ${each((o) => o.dims.agentId)}::bigint[], ${each((o) => o.excludedReason)}::text[],
      ${rows.map((row) => isoOrNull(row.recordedAt))}::timestamptz[], ${rows.map((row) => row.recordedBy)}::bigint[],
      ${rows.map((row) => isoOrNull(row.retractedAt))}::timestamptz[], ${rows.map((row) => row.retractedBy)}::bigint[]) returning id`);
  const ids = added.map(({ id }) => id);
  await rollRows(tx, ids, 1);
  await noteDays(tx, ids);
}

/** Rows that should never have been stored. */
export async function deleteRows(tx: Queryable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await rollRows(tx, ids, -1);
  await tx.write(sql`delete from observations where id = any(${[...ids]}::bigint[])`);
}

/** Of a ticket that cannot be measured nothing stays: half a history would make a wrong figure. */
export async function forgetTickets(tx: Queryable, ticketIds: readonly number[]): Promise<void> {
  if (ticketIds.length === 0) return;
  const stored = await listStoredRows(tx, ticketIds, 'all');
  await deleteRows(
    tx,
    [...stored.values()].flat().flatMap(({ id }) => id ?? []),
  );
  await tx.write(sql`delete from observed_tickets where ticket_id = any(${[...ticketIds]}::bigint[])`);
}

function secondsOrNull(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
