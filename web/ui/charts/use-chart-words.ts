import { useFormats, useText } from '../text.tsx';
import type { ChartInterval, ChartPoint, ChartUnit } from './chart-series.ts';

/** How a chart writes its values and the places of its time axis, in the desk's zone. */
export function useChartWords(unit: ChartUnit, interval: ChartInterval) {
  const t = useText();
  const formats = useFormats();
  const value = (n: number | null): string => {
    if (n === null) return '—';
    if (unit === 'seconds') return formats.duration(n);
    if (unit === 'percent') return formats.percent(n / 100);
    return formats.number(n);
  };
  const axis = (n: number, step: number): string =>
    unit === 'seconds' ? formats.durationStep(n, step) : value(n);
  const place = (from: string): string =>
    interval === 'hour' ? formats.time(from) : formats.date(from, 'dayMonth');
  const placeInFull = ({ from, to, unfinished }: ChartPoint): string => {
    const words = span(from, to);
    return unfinished ? t('chart.so_far', { place: words }) : words;
  };
  const span = (from: string, to: string): string => {
    if (interval === 'hour')
      return `${formats.date(from, 'dayMonth')}, ${formats.time(from)}–${formats.time(to)}`;
    if (interval === 'day') return formats.date(from, 'weekdayDate');
    const last = new Date(Date.parse(to) - 1);
    return `${formats.date(from, 'dayMonth')} – ${formats.date(last, 'dayMonth')}`;
  };
  return { t, formats, value, axis, place, placeInFull };
}

export type ChartWords = ReturnType<typeof useChartWords>;
