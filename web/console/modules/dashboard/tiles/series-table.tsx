import type { ChartPoint } from '../../../../ui/charts/chart-series.ts';
import { useChartWords } from '../../../../ui/charts/use-chart-words.ts';
import { type Column, Table } from '../../../../ui/table.tsx';
import type { Dashboard, Entry } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import type { DashboardState } from '../use-dashboard.ts';
import { pointsOf } from './points.ts';

type Row = { point: ChartPoint; index: number };

/** The small shapes of all tiles as one table: a row for each part of the period, a column for each figure. */
export function SeriesTable({
  dashboard,
  catalogue,
  state,
}: {
  dashboard: Dashboard;
  catalogue: Entry[];
  state: DashboardState;
}) {
  const words = useFigureWords();
  const chart = useChartWords('tickets', state.interval);
  const figures = Object.entries(dashboard.tiles);
  const series = new Map(figures.map(([id, figure]) => [id, pointsOf(figure)]));
  const entries = catalogue.filter(({ id }) => (series.get(id) ?? []).length > 0);
  const rows: Row[] = (series.get(entries[0]?.id ?? '') ?? []).map((point, index) => ({ point, index }));
  const columns: Column<Row>[] = [
    {
      id: 'time',
      title: words.t('chart.time'),
      names: true,
      className: 'whitespace-nowrap',
      cell: ({ point }) => chart.placeInFull(point),
    },
    ...entries.map((entry) => ({
      id: entry.id,
      title: words.t(entry.nameId),
      figures: true,
      cell: ({ index }: Row) => (
        <span className="whitespace-nowrap">
          {words.plain(entry.unit, series.get(entry.id)?.[index]?.value ?? null)}
        </span>
      ),
    })),
  ];
  return (
    <div className="stepped mb-6 overflow-hidden rounded-md">
      <div className="bg-raised px-4 py-3">
        <Table
          caption={words.t('dashboard.table_of_tiles')}
          captionShown
          columns={columns}
          rows={rows}
          rowKey={({ point }) => point.from}
        />
      </div>
    </div>
  );
}
