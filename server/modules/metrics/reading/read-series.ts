import type { Window } from '../arithmetic/period.ts';
import { endOf, type Figure, type Frame } from '../figure.ts';
import type { KpiDefinition } from '../kpis/definition.ts';
import type { Observation } from '../observation.ts';
import { valueReads } from './select-rows.ts';

/** A point says what it is worth; what stands beside a value is told of the whole period alone. */
export type Point = {
  window: Window;
  figure: Pick<Figure, 'value' | 'n' | 'numerator' | 'denominator'>;
};

/** One figure for each part of the period, from the rows that its value is made of. */
export function readSeries(
  definition: KpiDefinition,
  rows: readonly Observation[],
  frame: Frame,
  windows: readonly Window[],
): Point[] {
  const frames = windows.map((window): Frame => ({ ...frame, ...window }));
  const parts = divideRows(definition, rows, frames);
  return windows.map((window, part) => ({
    window,
    figure: definition.figure(parts[part] ?? [], frames[part] as Frame),
  }));
}

/** A dated row is in the part of its date, a state in every part at whose end it holds. */
function divideRows(
  definition: KpiDefinition,
  rows: readonly Observation[],
  frames: readonly Frame[],
): Observation[][] {
  const kinds = new Map(valueReads(definition).map((read) => [read.measure, read.rows]));
  const ends = frames.map(endOf);
  const parts = frames.map((): Observation[] => []);
  for (const row of rows) {
    const kind = kinds.get(row.measure);
    const first = firstNotBefore(ends, row.at);
    if (kind === 'period') parts[first]?.push(row);
    if (kind === 'lasting')
      for (let part = first; part < ends.length && isOn(row, ends[part] as number); part++)
        parts[part]?.push(row);
  }
  return parts;
}

function isOn({ until }: Observation, at: number): boolean {
  return until === null || until > at;
}

/** The place of the first of ascending moments that is not before this one; their number when all are. */
function firstNotBefore(moments: readonly number[], at: number): number {
  let [from, to] = [0, moments.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((moments[middle] as number) >= at) to = middle;
    else from = middle + 1;
  }
  return from;
}
