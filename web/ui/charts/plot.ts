import { scaleBand, scaleLinear } from 'd3-scale';
import { type ChartSeries, type ChartUnit, lengthOf } from './chart-series.ts';
import { ticksOf } from './ticks.ts';

const top = 10;
const foot = 24;

/** Where everything of a chart stands, in pixels of its drawing. */
export function plotOf(
  series: readonly ChartSeries[],
  unit: ChartUnit,
  width: number,
  height: number,
  start: number,
  end: number,
) {
  const count = lengthOf(series);
  const values = series.flatMap((one) => one.points.map((point) => point.value ?? 0));
  const ticks = ticksOf(Math.max(0, ...values), unit);
  const right = Math.max(width - end, start + 1);
  const floor = height - foot;
  const y = scaleLinear()
    .domain([0, ticks.at(-1) ?? 1])
    .range([floor, top]);
  const band = scaleBand<number>()
    .domain(Array.from({ length: count }, (_, i) => i))
    .range([start, right])
    .paddingInner(count > 40 ? 0.15 : 0.3)
    .paddingOuter(0.15);
  const middle = (index: number) => (band(index) ?? start) + band.bandwidth() / 2;
  const nearest = (x: number) =>
    Math.max(0, Math.min(count - 1, Math.floor(((x - start) / (right - start)) * count)));
  return { count, ticks, y, band, middle, nearest, start, right, floor, top, height };
}

export type Plot = ReturnType<typeof plotOf>;
