import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { wordsOf } from '../../../../api/error-words.ts';
import { Drawer } from '../../../../ui/dialog.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { BigFigure } from '../big-figure.tsx';
import { catalogueQuery, type Entry, type Figure, figureQuery } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { tileElement } from '../tiles/active-tile.ts';
import { AsOf, useStale } from '../tiles/as-of.tsx';
import { factsOf } from '../tiles/beside.ts';
import { ChangeLine } from '../tiles/change-line.tsx';
import { EmptyWhy } from '../tiles/empty-why.tsx';
import type { DashboardState } from '../use-dashboard.ts';
import { CopyFigure } from './copy-figure.tsx';
import { Formula } from './formula.tsx';
import { Guide } from './guide.tsx';
import { IdentityPart } from './identity.tsx';
import { ItemList } from './item-list.tsx';
import { Measured } from './measured.tsx';
import { Population } from './population.tsx';
import { Restated } from './restated.tsx';

/** Why a figure is what it is, from its one-sentence meaning down to the tickets. */
export function ExplainDrawer({ state }: { state: DashboardState }) {
  const { t } = useFigureWords();
  const id = state.search.explain;
  const entry = useQuery(catalogueQuery).data?.find((one) => one.id === id);
  const figure = useQuery({ ...figureQuery(id ?? '', state.query), enabled: entry !== undefined });
  const close = () => {
    state.change({ explain: undefined });
    // The panel opens by its address, so nothing but this remembers where the reader was.
    setTimeout(() => id && tileElement(id)?.focus());
  };
  if (!entry) return null;
  const current = figure.data?.id === entry.id ? figure.data : undefined;
  return (
    <Drawer
      open
      onClose={close}
      title={t(entry.nameId)}
      description={t(entry.meaningId)}
      footer={current && <CopyFigure figure={current} query={state.query} />}
    >
      {figure.isError ? (
        <ErrorState
          what={t('dashboard.failed')}
          why={wordsOf(figure.error, t)}
          onRetry={() => void figure.refetch()}
        />
      ) : (
        current && <Explanation entry={entry} figure={current} state={state} />
      )}
    </Drawer>
  );
}

type ExplanationProps = { entry: Entry; figure: Figure; state: DashboardState };

function Explanation({ entry, figure, state }: ExplanationProps) {
  const words = useFigureWords();
  const stale = useStale();
  return (
    <div className="grid grid-cols-1 gap-6">
      <div>
        <div className="flex flex-wrap items-end justify-between gap-x-4">
          <BigFigure text={words.value(entry.unit, figure)} quiet={stale} />
          <span className="pb-1 text-dense text-ink-3">
            <AsOf at={figure.asOf} timeZone={figure.timeZone} stale={stale} />
          </span>
        </div>
        <ChangeLine entry={entry} figure={figure} stale={stale} />
        <p className="figures text-dense text-ink-3">{factsOf(figure, words).join(' · ')}</p>
        {figure.value === null && <EmptyWhy entry={entry} figure={figure} />}
      </div>
      <Formula entry={entry} figure={figure} />
      <Guide entry={entry} query={state.query} />
      <IdentityPart entry={entry} figure={figure} query={state.query} />
      {figure.restated && <Restated entry={entry} restated={figure.restated} query={state.query} />}
      <Population entry={entry} figure={figure} />
      <Measured entry={entry} figure={figure} />
      <ItemList entry={entry} expected={figure} query={state.query} />
      <p className="text-dense">
        <Link
          to="/dashboard/$kpi"
          params={{ kpi: entry.id }}
          search={{ ...state.search, explain: undefined }}
        >
          {words.t('dashboard.whole_page')}
        </Link>
      </p>
    </div>
  );
}
