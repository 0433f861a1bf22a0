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
  const pathOf = (drawn: (index: number) => boolean) =>
    line<ChartPoint>()
      .defined((point, index) => point.value !== null && drawn(index))
      .x((_, index) => plot.middle(index))
      .y((point) => plot.y(point.value ?? 0))([...points]) ?? '';
  const over = points.findIndex((point) => point.unfinished);
  const end = over < 0 ? points.length : over;
  const pen = {
    fill: 'none',
    strokeWidth: present ? 2 : 1.5,
    strokeLinejoin: 'round',
    className: present ? 'stroke-ink' : 'stroke-ink-3',
  } as const;
  return (
    <g>
      <path d={pathOf((index) => index < end)} {...pen} />
      {over > 0 && <path d={pathOf((index) => index >= over - 1)} strokeDasharray="3 4" {...pen} />}
      {points.map((point, index) =>
        point.value !== null && (index === at || point.unfinished || isAlone(points, index)) ? (
          <circle
            key={point.from}
            cx={plot.middle(index)}
            cy={plot.y(point.value)}
            r={present ? 4 : 3}
            className={dotLook(point, present)}
          />
        ) : null,
      )}
    </g>
  );
}

/** What is still being counted is a ring. */
function dotLook({ unfinished }: ChartPoint, present: boolean): string {
  if (unfinished) return present ? 'fill-paper stroke-ink stroke-2' : 'fill-paper stroke-ink-3 stroke-2';
  return present ? 'fill-ink' : 'fill-ink-3';
}

const isAlone = (points: readonly ChartPoint[], index: number) =>
  (points[index - 1]?.value ?? null) === null && (points[index + 1]?.value ?? null) === null;
