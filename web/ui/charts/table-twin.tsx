import { type Column, Table } from '../table.tsx';
import {
  type ChartInterval,
  type ChartPoint,
  type ChartSeries,
  type ChartUnit,
  pointsAt,
} from './chart-series.ts';
import { useChartWords } from './use-chart-words.ts';

type TwinProps = {
  caption: string;
  series: readonly ChartSeries[];
  unit: ChartUnit;
  interval: ChartInterval;
};

/** The same points as a table: every value of a chart in words. */
export function TableTwin({ caption, series, unit, interval }: TwinProps) {
  const words = useChartWords(unit, interval);
  const present = series.find((one) => one.tone === 'present');
  const rows = (present?.points ?? []).map((point, index) => ({ point, at: pointsAt(series, index) }));
  type Row = { point: ChartPoint; at: ReturnType<typeof pointsAt> };
  const columns: Column<Row>[] = [
    {
      id: 'place',
      title: words.t('chart.time'),
      names: true,
      cell: ({ point }) => words.placeInFull(point),
    },
    ...series.map((one) => ({
      id: one.id,
      title: one.name,
      figures: true,
      cell: ({ at }: Row) =>
        words.value(at.find(({ series: its }) => its.id === one.id)?.point.value ?? null),
    })),
    { id: 'n', title: words.t('chart.n'), figures: true, cell: ({ point }) => words.formats.number(point.n) },
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ point }) => point.from} />;
}
