import { useQueries } from '@tanstack/react-query';
import type { ChartPoint } from '../../../../ui/charts/chart-series.ts';
import { type Dashboard, type Figure, figureQuery } from '../figure-queries.ts';
import type { DashboardState } from '../use-dashboard.ts';
import { tileOrder } from './groups.ts';

/** The shape of each figure over the period; the tiles do not wait for it. */
export function useSeries(state: DashboardState, dashboard: Dashboard): Record<string, ChartPoint[]> {
  const shown = tileOrder.filter((id) => dashboard.tiles[id]);
  const answers = useQueries({
    queries: shown.map((id) =>
      figureQuery(id, { ...state.query, compare: 'none', interval: state.interval }),
    ),
  });
  return Object.fromEntries(shown.map((id, index) => [id, untilNow(answers[index]?.data)]));
}

/** Days that have not come yet are no zeros, and the one that is running is not over. */
export function untilNow(figure: Figure | undefined): ChartPoint[] {
  if (!figure) return [];
  const now = Date.parse(figure.asOf);
  return figure.series
    .filter((point) => Date.parse(point.from) < now)
    .map((point) => ({ ...point, unfinished: Date.parse(point.to) > now }));
}
