import { useNavigate } from '@tanstack/react-router';
import type { Command } from '../../../ui/commands.ts';
import { useText } from '../../../ui/text.tsx';
import { useCommands } from '../../../ui/use-commands.ts';
import { activeTile, moveTile } from './tiles/active-tile.ts';
import { filtersOpen } from './toolbar/open.ts';
import type { DashboardState } from './use-dashboard.ts';

/** Keys that every dashboard has: period, comparison, filters, table. */
export function usePeriodCommands({ search, change }: DashboardState): Command[] {
  const t = useText();
  const group = t('dashboard.title');
  const period = (name: 'today' | 'week' | 'month', keys: string): Command => ({
    id: `dashboard.${name}`,
    group,
    label: t(`dashboard.period.${name}`),
    keys,
    run: () => change({ period: name, from: undefined, to: undefined }),
  });
  return [
    period('today', '.'),
    period('week', 'W'),
    period('month', 'M'),
    {
      id: 'dashboard.compare',
      group,
      label: t('dashboard.compare'),
      keys: 'X',
      run: () => change({ compare: search.compare ? undefined : 'none' }),
    },
    {
      id: 'dashboard.filter',
      group,
      label: t('dashboard.filter'),
      keys: 'F',
      run: () => filtersOpen.set(true),
    },
    {
      id: 'dashboard.table',
      group,
      label: t('dashboard.table'),
      keys: 'T',
      run: () => change({ table: search.table ? undefined : true }),
    },
  ];
}

/** The keys of the tiles: moving between them, explaining one, and the way to its tickets. */
export function useTileCommands(state: DashboardState): void {
  const t = useText();
  const navigate = useNavigate();
  const group = t('dashboard.title');
  const drill = () =>
    void navigate({
      to: '/dashboard/$kpi',
      params: { kpi: activeTile.get() },
      search: state.search,
    });
  useCommands([
    ...usePeriodCommands(state),
    {
      id: 'dashboard.next',
      group,
      label: t('dashboard.do.next'),
      keys: '→',
      inMenu: false,
      run: () => moveTile(1),
    },
    {
      id: 'dashboard.back',
      group,
      label: t('dashboard.do.previous'),
      keys: '←',
      inMenu: false,
      run: () => moveTile(-1),
    },
    {
      id: 'dashboard.explain',
      group,
      label: t('dashboard.do.explain'),
      run: () => state.change({ explain: activeTile.get() }),
    },
    { id: 'dashboard.drill', group, label: t('dashboard.do.drill'), keys: 'D', run: drill },
    {
      id: 'dashboard.calculator',
      group,
      label: t('dashboard.calculator'),
      run: () => void navigate({ to: '/dashboard/calculator', search: {} }),
    },
  ]);
}
