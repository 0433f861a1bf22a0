import { empty, join, type Queryable, type Sql, sql } from '../../../platform/db/database.ts';
import { sightCondition } from '../../tickets/index.ts';
import type { Window } from '../arithmetic/period.ts';
import type { KpiDefinition, Read } from '../kpis/definition.ts';
import type { Observation } from '../observation.ts';
import { observationOf, type StoredRow } from '../observing/observation-rows.ts';
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
}

type Fetched = Omit<StoredRow, 'id' | 'recorded_at' | 'retracted_at'> & { now: boolean; at_end: boolean };

/** The rows a KPI needs for a period, in one statement: one state of the desk. */
export async function selectRows(
  db: Queryable,
  definition: KpiDefinition,
  request: FigureRequest,
  selection: Selection,
): Promise<ReadRow[]> {
  const parts = definition.reads.map((read) => partOf(read, request, selection));
  const rows = await db.all<Fetched>(join(parts, ' union all '));
  return rows.map((row) => ({
    observation: observationOf(row, 0),
    now: row.now,
    atEnd: row.at_end,
    recordedBy: row.recorded_by,
    retractedBy: row.retracted_by,
  }));
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
  return sql`(select ticket_id, event_id, at, until, since, recorded_by, retracted_by, team_id, agent_id, measure, value,
      business_seconds, key, kind, channel, tier, priority, language, excluded_reason,
      retracted_at is null as now, ${knownAtEnd(knownAt)} as at_end
    from observations where ${rows} and ${known})`;
}

/** Everything before the period as one row a combination of dimensions. */
function sumBefore(read: Read, filters: Sql, known: Sql, { window, knownAt }: Selection): Sql {
  const last = window.from / 1000 - 1;
  return sql`(select 0::bigint, 0::bigint, ${last}::bigint, null::bigint, null::bigint, 0::bigint, null::bigint,
      team_id, null::bigint, measure, sum(value)::int, null::int, 'before', null::text, channel, tier, priority, language,
      null::text, retracted_at is null as now, ${knownAtEnd(knownAt)} as at_end
    from observations where measure = ${read.measure} and at <= ${last} and ${known} ${filters}
    group by team_id, measure, channel, tier, priority, language, now, at_end)`;
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
      : sql`and ticket_id in (select id from tickets where tags @> array[${tag}]::text[])`,
    seenBy(principal),
  ];
  return join(conditions, ' ');
}

/** Who sees only the tickets of some teams gets figures over those tickets. */
function seenBy(principal: FigureRequest['principal']): Sql {
  const sight = sightCondition(principal);
  return sight === null ? empty : sql`and ticket_id in (select id from tickets where ${sight})`;
}

function dateOf(ms: number): Date {
  return new Date(ms);
}
