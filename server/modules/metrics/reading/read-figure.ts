import type { Queryable } from '../../../platform/db/database.ts';
import type { Window } from '../arithmetic/period.ts';
import type { Figure, Frame } from '../figure.ts';
import type { FigureWithDetails, KpiDefinition, Split } from '../kpis/definition.ts';
import type { Observation } from '../observation.ts';
import { ageOnSchedules } from './age-waiting.ts';
import type { FigureRequest } from './figure-request.ts';
import { previousWindow } from './previous-window.ts';
import { type Point, readSeries } from './read-series.ts';
import { type ReadRow, selectRows } from './select-rows.ts';
import { type Interval, splitWindow } from './split-window.ts';

export interface Restated {
  was: number | null;
  now: number | null;
  /** Events that changed the rows of a closed period after its end, oldest first. */
  events: number[];
}

export interface FigureReading {
  figure: FigureWithDetails;
  restated: Restated | null;
  series: Point[];
  groups: { key: string | null; figure: Figure }[] | null;
  previous: { window: Window; figure: Figure } | null;
}

export interface Wanted {
  interval?: Interval | undefined;
  groupBy?: Split | undefined;
  compare?: 'none' | 'previous';
}

/** One KPI for one question, with everything that is shown around it, from one definition. */
export async function readFigure(
  db: Queryable,
  definition: KpiDefinition,
  request: FigureRequest,
  wanted: Wanted = {},
): Promise<FigureReading> {
  const { window, asOf } = request;
  const knownAt = window.to <= asOf ? window.to : null;
  const rows = await selectRows(db, definition, request, {
    window,
    asOf,
    throughout: wanted.interval !== undefined,
    knownAt,
    split: wanted.groupBy,
  });
  const frame: Frame = { ...window, asOf, businessSeconds: await ageOnSchedules(db, rows) };
  const known = rows.filter(({ now }) => now).map(({ observation }) => observation);
  const figure = definition.figure(known, frame);
  return {
    figure,
    restated: knownAt === null ? null : findRestatement(definition, rows, frame, figure),
    series: wanted.interval ? readSeries(definition, known, frame, begunParts(request, wanted.interval)) : [],
    groups: wanted.groupBy ? readGroups(definition, known, frame, wanted.groupBy, request.agents) : null,
    previous: wanted.compare === 'previous' ? await readPrevious(db, definition, request) : null,
  };
}

/** What was known at the period's end, read by the same definition. */
function findRestatement(
  definition: KpiDefinition,
  rows: readonly ReadRow[],
  frame: Frame,
  figure: Figure,
): Restated | null {
  const changed = rows.filter((row) => row.now !== row.atEnd);
  if (changed.length === 0) return null;
  const then = rows.filter((row) => row.atEnd).map(({ observation }) => observation);
  const was = definition.figure(then, { ...frame, asOf: frame.to });
  if (was.value === figure.value && was.numerator === figure.numerator && was.n === figure.n) return null;
  const events = changed.flatMap((row) => (row.now ? row.recordedBy : (row.retractedBy ?? [])));
  return {
    was: was.value,
    now: figure.value,
    events: [...new Set(events)].filter((id) => id > 0).sort((a, b) => a - b),
  };
}

/** The points of a series: what has not begun has no figure. */
export function begunParts(request: FigureRequest, interval: Interval): Window[] {
  return splitWindow(request, interval).filter(({ from }) => from <= request.asOf);
}

/** Rows that are only looked up by ticket serve every group. */
function readGroups(
  definition: KpiDefinition,
  rows: readonly Observation[],
  frame: Frame,
  split: Split,
  agents: readonly number[] | null,
): FigureReading['groups'] {
  const lookedUp = new Set(
    definition.reads.flatMap((read) => (read.rows === 'of_tickets' ? read.measure : [])),
  );
  const groups = new Map<string | null, Observation[]>();
  for (const row of rows) {
    if (lookedUp.has(row.measure)) continue;
    const key = keyOf(row, split);
    if (split === 'agent' && agents !== null && !agents.some((id) => String(id) === key)) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const shared = rows.filter(({ measure }) => lookedUp.has(measure));
  return [...groups]
    .map(([key, own]) => ({ key, figure: definition.figure([...own, ...shared], frame) }))
    .sort((a, b) => b.figure.n - a.figure.n || String(a.key).localeCompare(String(b.key)));
}

function keyOf({ dims, kind }: Observation, split: Split): string | null {
  if (split === 'target') return kind;
  if (split === 'team') return dims.teamId;
  return split === 'agent' ? dims.agentId : dims[split];
}

async function readPrevious(db: Queryable, definition: KpiDefinition, request: FigureRequest) {
  const window = previousWindow(request);
  const selection = { window, asOf: request.asOf, throughout: false, knownAt: null };
  const rows = await selectRows(db, definition, request, selection);
  const frame: Frame = { ...window, asOf: request.asOf, businessSeconds: await ageOnSchedules(db, rows) };
  return {
    window,
    figure: definition.figure(
      rows.map(({ observation }) => observation),
      frame,
    ),
  };
}
