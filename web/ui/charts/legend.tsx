import { cx } from '../cx.ts';
import type { ChartSeries } from './chart-series.ts';

/** The names of the series, where there is no room for them beside their lines. */
export function Legend({ series }: { series: readonly ChartSeries[] }) {
  return (
    <p aria-hidden="true" className="mb-1 flex flex-wrap gap-x-4 text-dense">
      {series.map(({ id, name, tone }) => (
        <span
          key={id}
          className={cx('inline-flex items-center gap-2', tone === 'present' ? 'font-strong' : 'text-ink-3')}
        >
          <span className={cx('inline-block w-4', tone === 'present' ? 'h-0.5 bg-ink' : 'h-px bg-ink-3')} />
          {name}
        </span>
      ))}
    </p>
  );
}
