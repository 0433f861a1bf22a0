import { line } from 'd3-shape';
import type { ChartPoint } from './chart-series.ts';

const width = 104;
const height = 32;

/** The shape of a series at a glance, without an axis. Decorative: the table twin holds its values. */
export function Sparkline({ points, bars }: { points: readonly ChartPoint[]; bars: boolean }) {
  const top = Math.max(1e-9, ...points.map((point) => point.value ?? 0));
  const step = width / Math.max(points.length, 1);
  const y = (value: number) => height - 1 - (value / top) * (height - 4);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className="block min-w-0 shrink overflow-visible"
    >
      {bars
        ? points.map((point, index) => (
            <rect
              key={point.from}
              x={index * step + step * 0.15}
              y={y(point.value ?? 0)}
              width={Math.max(1, step * 0.7)}
              height={height - y(point.value ?? 0)}
              className={barLook(point, index === points.length - 1)}
            />
          ))
        : strokeOf(points, step, y)}
    </svg>
  );
}

const dotLook = (point: ChartPoint | undefined) =>
  point?.unfinished ? 'fill-raised stroke-ink-2' : 'fill-ink-2';

function barLook({ unfinished }: ChartPoint, last: boolean): string {
  if (unfinished) return 'fill-sunken stroke-ink-2';
  return last ? 'fill-ink-2' : 'fill-edge';
}

function strokeOf(points: readonly ChartPoint[], step: number, y: (value: number) => number) {
  const x = (index: number) => (index + 0.5) * step;
  const path = line<ChartPoint>()
    .defined((point) => point.value !== null)
    .x((_, index) => x(index))
    .y((point) => y(point.value ?? 0))([...points]);
  const last = points.findLastIndex((point) => point.value !== null);
  return (
    <>
      <path d={path ?? ''} fill="none" strokeWidth="1.5" strokeLinejoin="round" className="stroke-edge" />
      {last >= 0 && (
        <circle cx={x(last)} cy={y(points[last]?.value ?? 0)} r="2.5" className={dotLook(points[last])} />
      )}
    </>
  );
}
