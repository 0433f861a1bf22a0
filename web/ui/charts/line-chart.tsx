import { line } from 'd3-shape';
import { ChartFrame, type ChartProps } from './chart-frame.tsx';
import type { ChartPoint, ChartSeries } from './chart-series.ts';
import type { Plot } from './plot.ts';

/** Durations and shares over time; where nothing was counted the line breaks. */
export function LineChart(props: ChartProps) {
  return (
    <ChartFrame
      {...props}
      marks={(plot, at) =>
        [...props.series].reverse().map((one) => <Line key={one.id} plot={plot} series={one} at={at} />)
      }
    />
  );
}

function Line({ plot, series, at }: { plot: Plot; series: ChartSeries; at: number | null }) {
  const points = series.points.slice(0, plot.count);
  const present = series.tone === 'present';
  const path = line<ChartPoint>()
    .defined((point) => point.value !== null)
    .x((_, index) => plot.middle(index))
    .y((point) => plot.y(point.value ?? 0))([...points]);
  const look = present ? 'stroke-ink' : 'stroke-ink-3';
  return (
    <g>
      <path
        d={path ?? ''}
        fill="none"
        strokeWidth={present ? 2 : 1.5}
        strokeLinejoin="round"
        className={look}
      />
      {points.map((point, index) =>
        point.value !== null && (index === at || isAlone(points, index)) ? (
          <circle
            key={point.from}
            cx={plot.middle(index)}
            cy={plot.y(point.value)}
            r={present ? 4 : 3}
            className={present ? 'fill-ink' : 'fill-ink-3'}
          />
        ) : null,
      )}
    </g>
  );
}

const isAlone = (points: readonly ChartPoint[], index: number) =>
  (points[index - 1]?.value ?? null) === null && (points[index + 1]?.value ?? null) === null;
