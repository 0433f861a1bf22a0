import { type ChartSeries, pointsAt } from './chart-series.ts';
import type { ChartWords } from './use-chart-words.ts';

type ReadoutProps = {
  words: ChartWords;
  series: readonly ChartSeries[];
  at: number | null;
  openable: boolean;
};

const isRunning = ({ points }: ChartSeries): boolean => points.some(({ unfinished }) => unfinished);

/** One line above the chart that says what stands under the crosshair, or how to ask. */
export function Readout({ words, series, at, openable }: ReadoutProps) {
  const here = at === null ? [] : pointsAt(series, at);
  const [first] = here;
  return (
    <p className="figures mb-1 flex min-h-6 flex-wrap items-baseline gap-x-4 text-dense" aria-hidden="true">
      {first ? (
        <>
          <span className="font-strong">{words.placeInFull(first.point)}</span>
          {here.map(({ series: its, point }) => (
            <span key={its.id} className={its.tone === 'present' ? 'text-ink' : 'text-ink-3'}>
              {its.name} <b>{words.value(point.value)}</b>
            </span>
          ))}
          <span className="text-ink-3">{words.t('chart.of', { n: first.point.n })}</span>
        </>
      ) : (
        <>
          <span className="text-ink-3">{words.t(openable ? 'chart.hint_open' : 'chart.hint')}</span>
          {series.some(isRunning) && <span className="text-ink-2">{words.t('chart.unfinished')}</span>}
        </>
      )}
    </p>
  );
}
