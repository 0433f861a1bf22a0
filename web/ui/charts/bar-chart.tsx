import { ChartFrame, type ChartProps } from './chart-frame.tsx';
import type { ChartPoint, ChartSeries } from './chart-series.ts';
import type { Plot } from './plot.ts';

/** Counts, from zero: bars in ink, the comparison as a short line over each. */
export function BarChart(props: ChartProps) {
  return (
    <ChartFrame
      {...props}
      marks={(plot, at) =>
        props.series.map((one) =>
          one.tone === 'present' ? (
            <Bars key={one.id} plot={plot} series={one} at={at} />
          ) : (
            <Levels key={one.id} plot={plot} series={one} />
          ),
        )
      }
    />
  );
}

function Bars({ plot, series, at }: { plot: Plot; series: ChartSeries; at: number | null }) {
  return series.points.map((point, index) => {
    const y = plot.y(point.value ?? 0);
    return (
      <rect
        key={point.from}
        x={plot.band(index)}
        y={y}
        width={plot.band.bandwidth()}
        height={Math.max(0, plot.floor - y)}
        className={barLook(point, at === null || at === index)}
        strokeDasharray={point.unfinished ? '3 2' : undefined}
      />
    );
  });
}

/** What is still being counted has an outline only. */
function barLook({ unfinished }: ChartPoint, near: boolean): string {
  if (unfinished) return near ? 'fill-sunken stroke-ink-2' : 'fill-sunken stroke-ink-3';
  return near ? 'fill-ink-2' : 'fill-ink-3';
}

function Levels({ plot, series }: { plot: Plot; series: ChartSeries }) {
  return series.points.slice(0, plot.count).map((point, index) => {
    if (point.value === null) return null;
    const x = plot.band(index) ?? 0;
    const y = plot.y(point.value);
    return (
      <g key={point.from}>
        <line
          x1={x - 2}
          x2={x + plot.band.bandwidth() + 2}
          y1={y}
          y2={y}
          strokeWidth="4"
          className="stroke-paper"
        />
        <line
          x1={x - 2}
          x2={x + plot.band.bandwidth() + 2}
          y1={y}
          y2={y}
          strokeWidth="2"
          className="stroke-ink-3"
        />
      </g>
    );
  });
}
