import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { type ChartInterval, type ChartSeries, type ChartUnit, pointsAt } from './chart-series.ts';
import { EndLabels } from './end-labels.tsx';
import { Legend } from './legend.tsx';
import { type Plot, plotOf } from './plot.ts';
import { Readout } from './readout.tsx';
import { labelled } from './ticks.ts';
import { type ChartWords, useChartWords } from './use-chart-words.ts';
import { useWidth } from './use-width.ts';

export type ChartProps = {
  /** What is drawn, for screen readers: "First response time, by day". */
  label: string;
  series: readonly ChartSeries[];
  unit: ChartUnit;
  interval: ChartInterval;
  height?: number;
  /** Opens what is behind one mark. */
  onOpen?: (index: number) => void;
};

type FrameProps = ChartProps & { marks: (plot: Plot, at: number | null) => ReactNode };

/** Grid, time axis, labels and the crosshair around a chart's marks; arrow keys move the crosshair. */
export function ChartFrame({ label, series, unit, interval, height = 220, onOpen, marks }: FrameProps) {
  const words = useChartWords(unit, interval);
  const [ref, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const narrow = width < 480;
  const plot = plotOf(series, unit, width, height, 44, narrow ? 6 : 108);
  const last = plot.count - 1;
  const shown = at === null ? null : Math.min(at, last);
  const moves: Record<string, number> = {
    ArrowRight: Math.min(last, (shown ?? -1) + 1),
    ArrowLeft: Math.max(0, (shown ?? last + 1) - 1),
    Home: 0,
    End: last,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moves[event.key];
    if (next !== undefined && last >= 0) setAt(next);
    else if (event.key === 'Enter' && shown !== null) onOpen?.(shown);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) =>
    setAt(plot.nearest(event.clientX - event.currentTarget.getBoundingClientRect().left));
  return (
    <div>
      <Readout words={words} series={series} at={shown} openable={onOpen !== undefined} />
      {narrow && series.length > 1 && <Legend series={series} />}
      <div
        ref={ref}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(last, 0)}
        aria-valuenow={shown ?? Math.max(last, 0)}
        aria-valuetext={readOut(words, series, shown ?? last)}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(null)}
        onClick={() => shown !== null && onOpen?.(shown)}
        className={onOpen ? 'cursor-pointer rounded-md' : 'rounded-md'}
        // The time axis runs one way in every language.
        dir="ltr"
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true" className="block overflow-visible">
            <Grid plot={plot} words={words} />
            {shown !== null && (
              <line
                x1={plot.middle(shown)}
                x2={plot.middle(shown)}
                y1={plot.top}
                y2={plot.floor}
                className="stroke-edge"
              />
            )}
            {marks(plot, shown)}
            <TimeAxis plot={plot} words={words} series={series} />
            {!narrow && <EndLabels plot={plot} series={series} />}
          </svg>
        )}
      </div>
    </div>
  );
}

function readOut(words: ChartWords, series: readonly ChartSeries[], index: number): string {
  const here = pointsAt(series, index);
  const [first] = here;
  if (!first) return words.t('chart.nothing');
  const values = here.map(({ series: its, point }) => `${its.name}: ${words.value(point.value)}`);
  return [words.placeInFull(first.point), ...values].join(', ');
}

function Grid({ plot, words }: { plot: Plot; words: ChartWords }) {
  const step = plot.ticks[1] ?? 1;
  return plot.ticks.map((tick) => (
    <g key={tick}>
      <line
        x1={plot.start}
        x2={plot.right}
        y1={plot.y(tick)}
        y2={plot.y(tick)}
        className={tick === 0 ? 'stroke-edge' : 'stroke-line'}
      />
      {tick > 0 && (
        <text x={plot.start - 6} y={plot.y(tick) + 4} textAnchor="end" className="fill-ink-3 text-[11px]">
          {words.axis(tick, step)}
        </text>
      )}
    </g>
  ));
}

function TimeAxis({
  plot,
  words,
  series,
}: {
  plot: Plot;
  words: ChartWords;
  series: readonly ChartSeries[];
}) {
  const points = series.find((one) => one.tone === 'present')?.points ?? [];
  const shown = labelled(plot.count, plot.right - plot.start, 58);
  return points.map((point, index) =>
    shown.has(index) ? (
      <text
        key={point.from}
        x={plot.middle(index)}
        y={plot.height - 6}
        textAnchor="middle"
        className="fill-ink-3 text-[11px]"
      >
        {words.place(point.from)}
      </text>
    ) : null,
  );
}
