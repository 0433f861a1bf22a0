import { empty, join, type Queryable, type Sql, sql } from '../../../platform/db/database.ts';
import { sightCondition } from '../../tickets/index.ts';
import type { Window } from '../arithmetic/period.ts';
import type { KpiDefinition, Read, Split } from '../kpis/definition.ts';
import type { Observation } from '../observation.ts';
import type { FigureRequest } from './figure-request.ts';

/** A row as a figure is given it, with what the desk knew when. */
export interface ReadRow {
  observation: Observation;
  /** Known now. */
  now: boolean;
  /** Known when the period ended. */
  atEnd: boolean;
  recordedBy: number;
  retractedBy: number | null;
}

export interface Selection {
  window: Window;
  asOf: number;
  /** Whether states are needed at every moment of the period, as for a series, or at its end alone. */
  throughout: boolean;
  /** Also what was known at this instant and is not any more; null for what is known now alone. */
  knownAt: number | null;
  /** The dimension by which groups will be made. */
  split?: Split | undefined;
}

/** One row as one value: a row of twenty columns costs the driver twenty times as much as a row of one. */
type Cells = [
  ticketId: number,
  eventId: number,
  at: number,
  until: number | null,
  since: number | null,
  recordedBy: number,
  retractedBy: number | null,
  teamId: number | null,
  agentId: number | null,
  measure: Observation['measure'],
  value: number,
  businessSeconds: number | null,
  sinceCreation: number | null,
  key: string,
  kind: string | null,
  channel: Observation['dims']['channel'],
  tier: string | null,
  priority: Observation['dims']['priority'],
  language: string | null,
  excludedReason: Observation['excludedReason'],
  now: boolean,
  atEnd: boolean,
];

/** The rows a KPI needs for a period, in one statement: one state of the desk. */
export async function selectRows(
  db: Queryable,
  definition: KpiDefinition,
  request: FigureRequest,
  selection: Selection,
): Promise<ReadRow[]> {
  return readParts(
    db,
    definition.reads.map((read) => partOf(read, request, selection)),
  );
}

/** Every row of some tickets that is known now. */
export function selectRowsOfTickets(
  db: Queryable,
  measures: readonly Observation['measure'][],
  tickets: Sql,
): Promise<ReadRow[]> {
  return readParts(db, [
    sql`(select ${columns}, true as now, true as at_end from observations
      where ticket_id in (${tickets}) and measure = any(${measures}::measure[]) and retracted_at is null)`,
  ]);
}

/**
 * Of the rows a KPI's value needs for a closed period, those of tickets something of which is known otherwise than
 * it was at its end.
 */
export function selectChangedRows(
  db: Queryable,
  definition: KpiDefinition,
  request: FigureRequest,
  selection: Selection & { knownAt: number },
): Promise<ReadRow[]> {
  const reads = valueReads(definition);
  const since = dateOf(selection.knownAt);
  const changed = reads.map(
    (read) => sql`select ticket_id from ${partOf(read, request, selection)} as part
      where recorded_at > ${since} or retracted_at > ${since}`,
  );
  const parts = reads.map(
    (read) => sql`(select ${columns}, now, at_end from ${partOf(read, request, selection)} as part
      where ticket_id in (${join(changed, ' union ')}))`,
  );
  return readParts(db, parts);
}

/** What was before the period, and what is looked up by ticket, stands beside a value and is not in it. */
export function valueReads({ reads }: KpiDefinition): Read[] {
  return reads.filter(({ rows }) => rows === 'period' || rows === 'lasting');
}

const columns = sql`ticket_id, event_id, at, until, since, recorded_by, retracted_by, team_id, agent_id, measure, value,
  business_seconds, since_creation, key, kind, channel, tier, priority, language, excluded_reason`;

async function readParts(db: Queryable, parts: readonly Sql[]): Promise<ReadRow[]> {
  const rows = await db.all<{ cells: Cells }>(sql`
    select json_build_array(ticket_id, event_id, at, until, since, recorded_by, retracted_by, team_id, agent_id, measure,
      value, business_seconds, since_creation, key, kind, channel, tier, priority, language, excluded_reason, now, at_end) as cells
    from (${join([...parts], ' union all ')}) as needed`);
  return rows.map(({ cells }) => readCells(cells));
}

function readCells(cells: Cells): ReadRow {
  const [
    ticketId,
    eventId,
    at,
    until,
    since,
    recordedBy,
    retractedBy,
    teamId,
    agentId,
    measure,
    value,
    ...rest
  ] = cells;
  const [
    businessSeconds,
    sinceCreation,
    key,
    kind,
    channel,
    tier,
    priority,
    language,
    excludedReason,
    now,
    atEnd,
  ] = rest;
  const observation: Observation = {
    measure,
    ticketId: String(ticketId),
    key,
    kind,
    at: at * 1000,
    until: until === null ? null : until * 1000,
    since: since === null ? null : since * 1000,
    value,
    businessSeconds,
    sinceCreation,
    eventId: String(eventId),
    recordedAt: 0,
    dims: {
      channel,
      teamId: teamId === null ? null : String(teamId),
      tier,
      priority,
      language,
      agentId: agentId === null ? null : String(agentId),
    },
    excludedReason,
  };
  return { observation, now, atEnd, recordedBy, retractedBy };
}

function partOf(read: Read, request: FigureRequest, selection: Selection): Sql {
  const { knownAt } = selection;
  const known =
    knownAt === null
      ? sql`retracted_at is null`
      : sql`(retracted_at is null or retracted_at > ${dateOf(knownAt)})`;
  const filters = filtersOf(request);
  if (read.rows === 'before') return sumBefore(read, filters, known, selection);
  const rows =
    read.rows === 'of_tickets'
      ? sql`measure = ${read.measure} and ticket_id in (select ticket_id from observations
          where measure = ${read.of} and ${inPeriod(selection.window)} and ${known} ${filters})`
      : sql`measure = ${read.measure} and ${read.rows === 'period' ? inPeriod(selection.window) : lasting(selection)} ${filters}`;
  return sql`(select ${columns}, recorded_at, retracted_at, retracted_at is null as now, ${knownAtEnd(knownAt)} as at_end
    from observations where ${rows} and ${known})`;
}

/** Everything before the period as one row, or as one a key of the split. */
function sumBefore(read: Read, filters: Sql, known: Sql, { window, knownAt, split }: Selection): Sql {
  const last = window.from / 1000 - 1;
  const only = (dimension: Split, column: Sql) => (split === dimension ? column : sql`null`);
  return sql`(select 0::bigint, 0::bigint, ${last}::bigint, null::bigint, null::bigint, 0::bigint, null::bigint,
      ${only('team', sql`team_id`)}::bigint as team_id, null::bigint, ${read.measure}::measure, sum(value)::int, null::int, null::int,
      'before', null::text, ${only('channel', sql`channel`)}::text as channel, ${only('tier', sql`tier`)}::text as tier,
      ${only('priority', sql`priority`)}::text as priority, ${only('language', sql`language`)}::text as language,
      null::text, null::timestamptz, null::timestamptz, retracted_at is null as now, ${knownAtEnd(knownAt)} as at_end
    from observations where measure = ${read.measure} and at <= ${last}::bigint and ${known} ${filters}
    group by 8, 16, 17, 18, 19, 23, 24)`;
}

function knownAtEnd(knownAt: number | null): Sql {
  return knownAt === null ? sql`false` : sql`recorded_at <= ${dateOf(knownAt)}`;
}

function inPeriod({ from, to }: Window): Sql {
  return sql`at >= ${from / 1000}::bigint and at < ${to / 1000}::bigint`;
}

/** Holding at the last known second of the period, or at any of it. */
function lasting({ window, asOf, throughout }: Selection): Sql {
  const end = Math.min(window.to / 1000 - 1, asOf / 1000);
  const from = throughout ? window.from / 1000 : end;
  return sql`at <= ${end}::bigint and coalesce(until, 253402300799) > ${from}::bigint`;
}

function filtersOf({ filters, principal }: FigureRequest): Sql {
  const { channel, team, agent, tag, tier, priority, language } = filters;
  const conditions = [
    channel === undefined ? empty : sql`and channel = ${channel}`,
    team === undefined ? empty : sql`and team_id = ${team}`,
    agent === undefined ? empty : sql`and agent_id = ${agent}`,
    tier === undefined ? empty : sql`and tier = ${String(tier)}`,
    priority === undefined ? empty : sql`and priority = ${priority}`,
    language === undefined ? empty : sql`and language = ${language}`,
    tag === undefined
      ? empty
      : sql`and ticket_id in (select id from measured_tickets where tags @> array[${tag}]::text[])`,
    seenBy(principal),
  ];
  return join(conditions, ' ');
}

/** Who sees only the tickets of some teams gets figures over those tickets. */
function seenBy(principal: FigureRequest['principal']): Sql {
  const sight = sightCondition(principal);
  return sight === null
    ? empty
    : sql`and ticket_id in (select id from measured_tickets as tickets where ${sight})`;
}

function dateOf(ms: number): Date {
  return new Date(ms);
}
