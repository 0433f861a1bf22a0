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
  const at = spread(
    placed.map(({ y }) => y),
    plot,
  );
  return placed.map(({ one }, index) => (
    <text
      key={one.id}
      x={plot.right + 8}
      y={(at[index] ?? 0) + 4}
      className={one.tone === 'present' ? 'fill-ink text-[12px] font-strong' : 'fill-ink-3 text-[12px]'}
    >
      {one.name}
    </text>
  ));
}

/** Places in order, none nearer to the next than a line of text: down first, then up again from the floor. */
function spread(wanted: readonly number[], { top, floor }: Pick<Plot, 'top' | 'floor'>): number[] {
  let free = top;
  const down = wanted.map((y) => {
    const at = Math.max(y, free);
    free = at + apart;
    return at;
  });
  let lowest = floor;
  return down
    .toReversed()
    .map((y) => {
      const at = Math.min(y, lowest);
      lowest = at - apart;
      return at;
    })
    .toReversed();
}
