import { Link } from '@tanstack/react-router';
import { Info } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Sparkline } from '../../../../ui/charts/sparkline.tsx';
import { cx } from '../../../../ui/cx.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { useStore } from '../../../../ui/store.ts';
import { BigFigure } from '../big-figure.tsx';
import type { Entry, Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { activeTile, moveTileRow } from './active-tile.ts';
import { AsOf, useStale } from './as-of.tsx';
import { factsOf } from './beside.ts';
import { ChangeLine } from './change-line.tsx';
import { EmptyWhy } from './empty-why.tsx';
import { Facts } from './facts.tsx';
import { pointsOf } from './points.ts';
import { RestatedLine } from './restated-line.tsx';

type TileProps = {
  entry: Entry;
  figure: Figure;
  search: Record<string, unknown>;
  onExplain: () => void;
};

/** As high as figures mostly are at each width, so that one takes its place without moving the rest. */
const tileLook = 'flex min-h-40 min-w-0 flex-col bg-raised px-4 pt-3 pb-2.5 tablet:min-h-54 desk:min-h-44';

/** One figure with everything that makes it a figure: unit, n, clock, comparison, shape, and the way to its tickets. */
export function Tile({ entry, figure, search, onExplain }: TileProps) {
  const words = useFigureWords();
  const points = pointsOf(figure);
  const stale = useStale();
  const active = useStore(activeTile) === entry.id;
  const title = `tile-${entry.id}-name`;
  const empty = figure.value === null;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') onExplain();
    else if (event.key === 'ArrowDown') moveTileRow(1);
    else if (event.key === 'ArrowUp') moveTileRow(-1);
    else return;
    event.preventDefault();
  };
  return (
    <section
      id={`tile-${entry.id}`}
      aria-labelledby={title}
      tabIndex={active ? 0 : -1}
      onFocus={() => activeTile.set(entry.id)}
      onKeyDown={onKeyDown}
      className={tileLook}
    >
      <div className="flex items-start justify-between gap-2">
        <h3 id={title} className="min-w-0 text-dense font-normal text-ink-2">
          {words.t(entry.nameId)}
        </h3>
        <IconButton
          icon={Info}
          label={words.t('dashboard.explain', { name: words.t(entry.nameId) })}
          onClick={onExplain}
          className="-my-1.5 -me-2"
        />
      </div>
      <div className="flex min-h-11 items-end justify-between gap-3">
        <BigFigure text={words.value(entry.unit, figure)} quiet={stale || empty} className="leading-tight" />
        {!empty && points.length > 1 && (
          <Sparkline points={points} bars={entry.unit === 'tickets' && entry.id !== 'backlog'} />
        )}
      </div>
      <div className="mt-1 grid flex-1 content-start gap-0.5">
        {empty ? (
          <EmptyWhy entry={entry} figure={figure} />
        ) : (
          <ChangeLine entry={entry} figure={figure} stale={stale} />
        )}
        <RestatedLine entry={entry} figure={figure} onExplain={onExplain} />
        <Facts of={factsOf(figure, words)} />
      </div>
      <p className={cx('mt-2 flex flex-wrap items-baseline justify-between gap-x-3 text-dense text-ink-3')}>
        <Link to="/dashboard/$kpi" params={{ kpi: entry.id }} search={search} className="figures">
          {words.t('dashboard.n', { n: figure.n })}
        </Link>
        {figure.n < 30 && figure.n > 0 && entry.unit !== 'tickets' && (
          <span>{words.t('dashboard.few_cases')}</span>
        )}
        <AsOf at={figure.asOf} timeZone={figure.timeZone} stale={stale} />
      </p>
    </section>
  );
}

/** The place of a figure that is still on its way. */
export function TileToCome({ name }: { name: string }) {
  return (
    <div className={tileLook}>
      <h3 className="text-dense font-normal text-ink-2">{name}</h3>
    </div>
  );
}
