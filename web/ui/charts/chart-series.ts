/** One mark of a chart: what was counted between two instants (ISO text); unfinished while the second is to come. */
export type ChartPoint = {
  from: string;
  to: string;
  value: number | null;
  n: number;
  unfinished?: boolean;
};

/** `present` is drawn in ink, `previous` in the third ink; points of both stand over one another by their order. */
export type ChartSeries = {
  id: string;
  name: string;
  tone: 'present' | 'previous';
  points: readonly ChartPoint[];
};

export type ChartUnit = 'tickets' | 'seconds' | 'percent' | 'weeks';

export type ChartInterval = 'hour' | 'day' | 'week' | 'month';

/** What is read out of a chart: both series at one place of the time axis. */
export const pointsAt = (series: readonly ChartSeries[], index: number) =>
  series.flatMap((one) => {
    const point = one.points[index];
    return point ? [{ series: one, point }] : [];
  });

export const lengthOf = (series: readonly ChartSeries[]): number =>
  series.find((one) => one.tone === 'present')?.points.length ?? 0;
