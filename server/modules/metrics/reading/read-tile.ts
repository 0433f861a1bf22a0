import type { Queryable } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/database.ts';
import { sightCondition } from '../../tickets/index.ts';
import type { Window } from '../arithmetic/period.ts';
import { percentOf } from '../arithmetic/ratio.ts';
import type { KpiDefinition } from '../kpis/definition.ts';
import { readSums } from '../summing/read-sums.ts';
import type { SummedFigure, Sums } from '../summing/sums.ts';
import { ageOnSchedules } from './age-waiting.ts';
import type { FigureRequest } from './figure-request.ts';
import { previousWindow } from './previous-window.ts';
import { begunParts, type FigureReading, readFigure, type Wanted } from './read-figure.ts';
import { selectChangedRows, valueReads } from './select-rows.ts';

/** A figure for a tile: without the rows behind it, and of what changed it only that it did. */
export type TileReading = Omit<FigureReading, 'figure' | 'restated' | 'previous'> & {
  figure: SummedFigure;
  restated: { was: number | null; now: number | null; events: number[] | null } | null;
  previous: { window: FigureRequest['window']; figure: Omit<SummedFigure, 'details'> } | null;
};

/**
 * Several figures of one moment. Where nothing narrows the desk they come from its roll-ups, and otherwise from rows;
 * both are the same definitions and the same numbers.
 */
export async function readTiles(
  db: Queryable,
  definitions: readonly KpiDefinition[],
  request: FigureRequest,
  wanted: Pick<Wanted, 'compare' | 'interval'>,
): Promise<TileReading[]> {
  if (isNarrowed(request)) {
    const readings: TileReading[] = [];
    for (const definition of definitions) readings.push(await readFigure(db, definition, request, wanted));
    return readings;
  }
  const read = await readAll(db, request, wanted);
  return Promise.all(definitions.map((definition) => readTile(db, definition, request, wanted, read)));
}

async function readAll(
  db: Queryable,
  request: FigureRequest,
  wanted: Pick<Wanted, 'compare' | 'interval'>,
): Promise<Read> {
  const { window, asOf } = request;
  const before = wanted.compare === 'previous' ? [previousWindow(request)] : [];
  const parts = wanted.interval ? begunParts(request, wanted.interval) : [];
  const windows = [...before, ...parts];
  const [{ whole, values }, days] = await Promise.all([
    readSums(db, { whole: window, values: windows }, asOf),
    readKnowledge(db, request),
  ]);
  const counts = values.map((sums, place) => ({ window: windows[place] as Window, sums }));
  return {
    now: whole,
    before: counts.slice(0, before.length)[0] ?? null,
    points: counts.slice(before.length),
    days,
  };
}

function isNarrowed({ filters, principal }: FigureRequest): boolean {
  return Object.values(filters).some((value) => value !== undefined) || sightCondition(principal) !== null;
}

interface Read {
  now: Sums;
  before: Counts | null;
  /** Of each part of the period that has begun. */
  points: Counts[];
  days: Knowledge;
}

type Counts = { window: Window; sums: Sums };

async function readTile(
  db: Queryable,
  definition: KpiDefinition,
  request: FigureRequest,
  wanted: Pick<Wanted, 'compare' | 'interval'>,
  { now, before, points, days }: Read,
): Promise<TileReading> {
  const { summed } = definition;
  if (!summed) return readFigure(db, definition, request, wanted);
  const figure = summed(now);
  return {
    figure,
    restated: await findRestatement(db, definition, request, figure, days),
    series: points.map(({ window, sums }) => ({ window, figure: summed(sums) })),
    groups: null,
    previous: before && { window: before.window, figure: summed(before.sums) },
  };
}

/** By measure, of a closed period: whether anything in it changed after its end, and whether all of it came after. */
type Knowledge = ReadonlyMap<string, { touched: boolean; later: boolean }>;

async function readKnowledge(db: Queryable, { window, asOf }: FigureRequest): Promise<Knowledge> {
  if (window.to > asOf) return new Map();
  const end = new Date(window.to);
  const rows = await db.all<{ measure: string; touched: boolean; later: boolean }>(sql`
    select measure, max(last_changed) > ${end} as touched, min(first_recorded) > ${end} as later from observation_days
    where day <= utc_day(${window.to / 1000 - 1}::bigint) and (day >= utc_day(${window.from / 1000}::bigint)
      or measure in ('unsolved_stay', 'first_response_wait', 'claim_wait'))
    group by measure`);
  return new Map(rows.map((row) => [row.measure, row]));
}

async function findRestatement(
  db: Queryable,
  definition: KpiDefinition,
  request: FigureRequest,
  figure: SummedFigure,
  days: Knowledge,
): Promise<TileReading['restated']> {
  const { window, asOf } = request;
  if (window.to > asOf) return null;
  const known = valueReads(definition).flatMap(({ measure }) => days.get(measure) ?? []);
  if (!known.some(({ touched }) => touched)) return null;
  const was = known.every(({ later }) => later)
    ? { numerator: 0, denominator: 0, n: 0 }
    : await readPast(db, definition, request, figure);
  if (was === null) return null;
  const then = { ...was, value: valueFrom(definition, was) };
  if (then.value === figure.value && then.numerator === figure.numerator && then.n === figure.n) return null;
  return { was: then.value, now: figure.value, events: null };
}

type Numbers = Pick<SummedFigure, 'numerator' | 'denominator' | 'n'>;

/** Tickets add up: take those that changed out of today's figure, and put them in as they were known. */
async function readPast(
  db: Queryable,
  definition: KpiDefinition,
  request: FigureRequest,
  figure: SummedFigure,
): Promise<Numbers | null> {
  const { window, asOf } = request;
  const selection = { window, asOf, throughout: false, knownAt: window.to };
  const rows = await selectChangedRows(db, definition, request, selection);
  if (rows.length === 0) return null;
  const frame = { ...window, asOf, businessSeconds: await ageOnSchedules(db, rows) };
  const pick = (keep: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(keep).map(({ observation }) => observation);
  const now = definition.figure(
    pick((row) => row.now),
    frame,
  );
  const then = definition.figure(
    pick((row) => row.atEnd),
    { ...frame, asOf: window.to },
  );
  const moved = (of: keyof Numbers) => figure[of] - now[of] + then[of];
  return { numerator: moved('numerator'), denominator: moved('denominator'), n: moved('n') };
}

function valueFrom({ unit }: KpiDefinition, { numerator, denominator }: Numbers): number | null {
  if (unit === 'tickets') return numerator;
  if (unit === 'percent') return percentOf({ num: numerator, den: denominator });
  return denominator === 0 ? null : numerator / denominator;
}
