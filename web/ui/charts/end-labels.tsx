import type { ChartSeries } from './chart-series.ts';
import type { Plot } from './plot.ts';

const apart = 15;

/** The name of each series beside its last value, instead of a legend. */
export function EndLabels({ plot, series }: { plot: Plot; series: readonly ChartSeries[] }) {
  const placed = series
    .flatMap((one) => {
      const index = one.points.slice(0, plot.count).findLastIndex((point) => point.value !== null);
      const value = one.points[index]?.value;
      return value === undefined || value === null ? [] : [{ one, y: plot.y(value) }];
    })
    .sort((a, b) => a.y - b.y);
  let free = plot.top;
  return placed.map(({ one, y }) => {
    const at = Math.min(Math.max(y, free), plot.floor);
    free = at + apart;
    return (
      <text
        key={one.id}
        x={plot.right + 8}
        y={at + 4}
        className={one.tone === 'present' ? 'fill-ink text-[12px] font-strong' : 'fill-ink-3 text-[12px]'}
      >
        {one.name}
      </text>
    );
  });
}
