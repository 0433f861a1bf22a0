import { scaleLinear } from 'd3-scale';
import type { ChartUnit } from './chart-series.ts';

const minute = 60;
const hour = 3600;
const day = 86_400;

const durationSteps = [
  1,
  5,
  10,
  15,
  30,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 5, 10, 20, 50, 100].map((n) => n * day),
];

/** Values at which a gridline is drawn and labelled, from zero to at least the highest value. */
export function ticksOf(highest: number, unit: ChartUnit): number[] {
  if (!(highest > 0)) return [0, 1];
  const step = unit === 'seconds' ? durationStep(highest) : decimalStep(highest, unit);
  const count = Math.ceil(highest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

const mostTicks = 4;
/** What is written with one decimal has no gridlines between tenths. */
const finest = 0.1;

const durationStep = (highest: number): number =>
  durationSteps.find((step) => highest / step <= mostTicks) ?? Math.ceil(highest / mostTicks / day) * day;

function decimalStep(highest: number, unit: ChartUnit): number {
  const marks = scaleLinear().domain([0, highest]).ticks(mostTicks);
  const step = (marks[1] ?? 1) - (marks[0] ?? 0);
  return unit === 'tickets' ? Math.max(1, Math.ceil(step)) : Math.max(finest, step);
}

/** Which marks of the time axis have room for their label, the last one always among them. */
export function labelled(count: number, width: number, labelWidth: number): Set<number> {
  const every = Math.max(1, Math.ceil((count * labelWidth) / Math.max(width, 1)));
  const shown = new Set<number>();
  for (let i = count - 1; i >= 0; i -= every) shown.add(i);
  return shown;
}
