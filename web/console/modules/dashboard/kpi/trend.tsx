import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { BarChart } from '../../../../ui/charts/bar-chart.tsx';
import type { ChartSeries } from '../../../../ui/charts/chart-series.ts';
import { LineChart } from '../../../../ui/charts/line-chart.tsx';
import { TableTwin } from '../../../../ui/charts/table-twin.tsx';
import { type Entry, type Figure, figureQuery } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { addDays, dayOf } from '../periods.ts';
import { dropAbsent } from '../search.ts';
import { pointsOf } from '../tiles/points.ts';
import type { DashboardState } from '../use-dashboard.ts';

type TrendProps = { entry: Entry; figure: Figure; state: DashboardState };

/** The figure cut into hours, days, weeks or months, over the period before; a mark leads to its tickets. */
export function Trend({ entry, figure, state }: TrendProps) {
  const { t } = useFigureWords();
  const navigate = useNavigate();
  const before = usePrevious(entry, figure, state);
  const points = pointsOf(figure);
  const present: ChartSeries = { id: 'present', name: t('chart.present'), tone: 'present', points };
  const series: ChartSeries[] =
    before.length > 0
      ? [present, { id: 'previous', name: t('chart.previous'), tone: 'previous', points: before }]
      : [present];
  const open = (index: number) => {
    const point = points[index];
    if (!point) return;
    const from = dayOf(point.from, state.timeZone);
    const to = state.interval === 'hour' ? addDays(from, 1) : dayOf(point.to, state.timeZone);
    void navigate({
      to: '/dashboard/$kpi',
      params: { kpi: entry.id },
      search: dropAbsent({ ...state.search, period: 'custom', from, to }),
    });
  };
  const label = t('dashboard.trend', { name: t(entry.nameId) });
  const Chart = entry.unit === 'tickets' && entry.id !== 'backlog' ? BarChart : LineChart;
  // Without one value there is no scale to draw on; the reason stands with the figure.
  if (series.every((one) => one.points.every(({ value }) => value === null))) return null;
  return (
    <section>
      <h2 className="mb-1 text-dense font-strong text-ink-2">{t('dashboard.trend_title')}</h2>
      {state.search.table ? (
        <TableTwin caption={label} series={series} unit={entry.unit} interval={state.interval} />
      ) : (
        <Chart label={label} series={series} unit={entry.unit} interval={state.interval} onOpen={open} />
      )}
    </section>
  );
}

/** The whole period before, so that its points stand over those of this one. */
function usePrevious(entry: Entry, figure: Figure, state: DashboardState): Figure['series'] {
  const { comparison } = figure;
  const from = comparison ? dayOf(comparison.period.from, state.timeZone) : state.query.from;
  const asked = useQuery({
    ...figureQuery(entry.id, {
      ...state.query,
      from,
      to: state.query.from,
      compare: 'none',
      interval: state.interval,
    }),
    enabled: comparison !== null && from < state.query.from,
  });
  return comparison && asked.data?.id === entry.id ? asked.data.series : [];
}
