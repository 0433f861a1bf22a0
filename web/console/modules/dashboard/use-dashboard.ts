import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Me } from '../../../../server/modules/staff/contract.ts';
import { useNow } from '../../../ui/time.tsx';
import { useMe } from '../../shell/use-me.ts';
import type { FigureQuery } from './figure-queries.ts';
import { type Days, daysOf, intervalOf, type PeriodName } from './periods.ts';
import { type DashboardSearch, dropAbsent, filtersOf } from './search.ts';

/** What the address asks for, as days and as a query, and how to ask for something else. */
export function useDashboard() {
  const search = useSearch({ strict: false }) as DashboardSearch;
  const navigate = useNavigate();
  const desk = useMe().desk as Me['desk'];
  const period: PeriodName = search.period ?? 'week';
  const days = daysAsked(search, period, useNow(), desk);
  const query: FigureQuery = { ...days, compare: search.compare ?? 'previous', ...filtersOf(search) };
  const change = (part: Partial<DashboardSearch>) =>
    void navigate({
      to: '.',
      search: dropAbsent({ ...search, ...part }),
      replace: part.explain === undefined,
    });
  return { search, period, days, query, interval: intervalOf(days), timeZone: desk.timeZone, change };
}

export type DashboardState = ReturnType<typeof useDashboard>;

function daysAsked(search: DashboardSearch, period: PeriodName, now: number, desk: Me['desk']): Days {
  if (period === 'custom' && search.from && search.to) return { from: search.from, to: search.to };
  return daysOf(period === 'custom' ? 'week' : period, now, desk.timeZone, desk.weekStart);
}
