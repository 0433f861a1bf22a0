import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { LoadingBar } from '../../../../ui/loading-bar.tsx';
import { Page } from '../../../../ui/page.tsx';
import { useText } from '../../../../ui/text.tsx';
import { useCommands } from '../../../../ui/use-commands.ts';
import { usePageTitle } from '../../../../ui/use-page-title.ts';
import { BigFigure } from '../big-figure.tsx';
import { ExplainDrawer } from '../explain/explain-drawer.tsx';
import { ItemList } from '../explain/item-list.tsx';
import { catalogueQuery, type Entry, type Figure, figureQuery } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { useLiveFigures } from '../measured-to.ts';
import { AsOf, useStale } from '../tiles/as-of.tsx';
import { factsOf } from '../tiles/beside.ts';
import { ChangeLine } from '../tiles/change-line.tsx';
import { EmptyWhy } from '../tiles/empty-why.tsx';
import { Facts } from '../tiles/facts.tsx';
import { RestatedLine } from '../tiles/restated-line.tsx';
import { UnmeasuredLine, unmeasuredIn } from '../tiles/unmeasured-line.tsx';
import { FilterChips } from '../toolbar/filters.tsx';
import { PeriodLine } from '../toolbar/period-line.tsx';
import { Toolbar } from '../toolbar/toolbar.tsx';
import { type DashboardState, useDashboard } from '../use-dashboard.ts';
import { usePeriodCommands } from '../use-dashboard-commands.ts';
import { Splits } from './splits.tsx';
import { Trend } from './trend.tsx';

/** One figure at length: how it moved, what it is made of, and every ticket in it. */
export function KpiPage() {
  const t = useText();
  useLiveFigures();
  const state = useDashboard();
  const { kpi } = useParams({ strict: false }) as { kpi: string };
  const catalogue = useQuery(catalogueQuery).data;
  const entry = catalogue?.find((one) => one.id === kpi);
  const explain = () => state.change({ explain: kpi });
  const navigate = useNavigate();
  const allFigures = { ...state.search, explain: undefined, split: undefined };
  useCommands([
    ...usePeriodCommands(state),
    {
      id: 'dashboard.explain',
      group: t('dashboard.title'),
      label: t('dashboard.explain_page'),
      keys: 'E',
      run: explain,
    },
    {
      id: 'dashboard.back',
      group: t('dashboard.title'),
      label: t('dashboard.back'),
      keys: 'Esc',
      run: () => void navigate({ to: '/dashboard', search: allFigures }),
    },
  ]);
  usePageTitle(entry ? t(entry.nameId) : t('dashboard.title'));
  if (!catalogue) return null;
  if (!entry) {
    return (
      <EmptyState
        title={t('dashboard.lost')}
        wholePage
        action={<Link to="/dashboard">{t('dashboard.back')}</Link>}
      />
    );
  }
  return (
    <Page title={t(entry.nameId)} meta={<PeriodLine state={state} />} actions={<Toolbar state={state} />}>
      <KpiBody entry={entry} state={state} onExplain={explain}>
        <p className="mb-1 text-dense">
          <Link to="/dashboard" search={allFigures} className="inline-flex items-center gap-1">
            <Icon of={ChevronLeft} directed />
            {t('dashboard.back')}
          </Link>
        </p>
        <p className="max-w-prose not-last:mb-3 text-ink-2">{t(entry.meaningId)}</p>
        <FilterChips state={state} />
      </KpiBody>
      <ExplainDrawer state={state} />
    </Page>
  );
}

type BodyProps = { entry: Entry; state: DashboardState; onExplain: () => void; children: ReactNode };

/** What the figure means stands above it, beside its tickets. */
function KpiBody({ entry, state, onExplain, children }: BodyProps) {
  const { t } = useFigureWords();
  const asked = useQuery(figureQuery(entry.id, { ...state.query, interval: state.interval }));
  const figure = asked.data?.id === entry.id ? asked.data : undefined;
  if (asked.isError && !figure) {
    return (
      <>
        {children}
        <ErrorState
          what={t('dashboard.failed')}
          why={wordsOf(asked.error, t)}
          onRetry={() => void asked.refetch()}
        />
      </>
    );
  }
  if (!figure) {
    return (
      <div aria-busy="true" className="min-h-96">
        {children}
        <LoadingBar active />
      </div>
    );
  }
  return (
    <>
      <LoadingBar active={asked.isPlaceholderData} />
      <div className="grid grid-cols-1 items-start gap-6 desk:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-1 gap-6">
          <div>
            {children}
            <UnmeasuredLine n={unmeasuredIn(figure)} onExplain={onExplain} />
          </div>
          <Headline entry={entry} figure={figure} onExplain={onExplain} />
          <Trend entry={entry} figure={figure} state={state} />
          <Splits entry={entry} state={state} />
        </div>
        <div className="rounded-md bg-raised px-4 pb-3">
          <ItemList entry={entry} expected={figure} query={state.query} />
        </div>
      </div>
    </>
  );
}

function Headline({ entry, figure, onExplain }: { entry: Entry; figure: Figure; onExplain: () => void }) {
  const words = useFigureWords();
  const stale = useStale();
  return (
    <div className="flex flex-wrap items-end gap-x-8 gap-y-2">
      <BigFigure
        text={words.value(entry.unit, figure)}
        quiet={stale || figure.value === null}
        className="leading-none"
      />
      <div>
        {figure.value === null ? (
          <EmptyWhy entry={entry} figure={figure} />
        ) : (
          <ChangeLine entry={entry} figure={figure} stale={stale} />
        )}
        <RestatedLine entry={entry} figure={figure} onExplain={onExplain} />
        <Facts of={factsOf(figure, words)} />
      </div>
      <span className="flex items-center gap-3 text-dense text-ink-3 desk:ms-auto">
        <AsOf at={figure.asOf} timeZone={figure.timeZone} stale={stale} />
        <Button keys="E" onClick={onExplain}>
          {words.t('dashboard.explain_page')}
        </Button>
      </span>
    </div>
  );
}
