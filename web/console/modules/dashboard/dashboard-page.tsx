import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { wordsOf } from '../../../api/error-words.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingBar } from '../../../ui/loading-bar.tsx';
import { Page } from '../../../ui/page.tsx';
import { useText } from '../../../ui/text.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { ExplainDrawer } from './explain/explain-drawer.tsx';
import { catalogueQuery, dashboardQuery } from './figure-queries.ts';
import { useLiveFigures } from './measured-to.ts';
import { SeriesTable } from './tiles/series-table.tsx';
import { TileGrid } from './tiles/tile-grid.tsx';
import { UnmeasuredLine, unmeasuredIn } from './tiles/unmeasured-line.tsx';
import { FilterChips } from './toolbar/filters.tsx';
import { PeriodLine } from './toolbar/period-line.tsx';
import { Toolbar } from './toolbar/toolbar.tsx';
import { useDashboard } from './use-dashboard.ts';
import { useTileCommands } from './use-dashboard-commands.ts';

/** How the desk stands: every figure live, explained, and one step from its tickets. */
export function DashboardPage() {
  const t = useText();
  usePageTitle(t('dashboard.title'));
  useLiveFigures();
  const state = useDashboard();
  useTileCommands(state);
  const figures = useQuery(dashboardQuery({ ...state.query, interval: state.interval }));
  const catalogue = useQuery(catalogueQuery).data;
  const shown = figures.data && catalogue ? { dashboard: figures.data, catalogue } : null;
  return (
    <Page
      title={t('dashboard.title')}
      meta={<PeriodLine state={state} />}
      actions={<Toolbar state={state} />}
    >
      <LoadingBar active={figures.isFetching && (figures.isPlaceholderData || !figures.data)} />
      <FilterChips state={state} />
      {figures.data || !figures.isError ? (
        <>
          {shown && (
            <UnmeasuredLine
              n={Math.max(0, ...Object.values(shown.dashboard.tiles).map(unmeasuredIn))}
              onExplain={() => state.change({ explain: Object.keys(shown.dashboard.tiles)[0] })}
            />
          )}
          {shown && state.search.table && <SeriesTable {...shown} state={state} />}
          <TileGrid figures={shown} state={state} />
          <p className="mt-4 text-dense text-ink-3">
            <Link to="/dashboard/calculator" search={{}}>
              {t('dashboard.calculator')}
            </Link>{' '}
            {t('dashboard.calculator.text')}
          </p>
        </>
      ) : (
        <ErrorState
          what={t('dashboard.failed')}
          why={wordsOf(figures.error, t)}
          onRetry={() => void figures.refetch()}
        />
      )}
      <ExplainDrawer state={state} />
    </Page>
  );
}
