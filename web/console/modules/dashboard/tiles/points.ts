import type { ChartPoint } from '../../../../ui/charts/chart-series.ts';
import type { Figure } from '../figure-queries.ts';

/** Days that have not come yet are no zeros, and the one that is running is not over. */
export function pointsOf({ asOf, series }: Figure): ChartPoint[] {
  const now = Date.parse(asOf);
  return series
    .filter((point) => Date.parse(point.from) < now)
    .map((point) => ({ ...point, unfinished: Date.parse(point.to) > now }));
}
