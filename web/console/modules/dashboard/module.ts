import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { needTexts } from '../../../ui/language.ts';
import type { ConsoleModule } from '../../console-module.ts';
import { readSearch } from './search.ts';

/** `/dashboard` has every tile, `/dashboard/<kpi>` one figure at length, `/dashboard/calculator` the arithmetic. */
export const dashboardModule: ConsoleModule = {
  name: 'dashboard',
  titleId: 'dashboard.title',
  icon: ChartColumn,
  path: '/dashboard',
  goKey: 'D',
  place: 'main',
  routes: (desk) => {
    const loader = () => needTexts('kpi');
    const page = createRoute({
      getParentRoute: () => desk,
      path: '/dashboard',
      validateSearch: readSearch,
      loader,
      component: lazyRouteComponent(() => import('./dashboard-page.tsx'), 'DashboardPage'),
    });
    const calculator = createRoute({
      getParentRoute: () => desk,
      path: '/dashboard/calculator',
      validateSearch: (search: Record<string, unknown>) => ({
        with: typeof search.with === 'string' ? search.with : undefined,
      }),
      loader,
      component: lazyRouteComponent(() => import('./calculator/calculator-page.tsx'), 'CalculatorPage'),
    });
    const kpi = createRoute({
      getParentRoute: () => desk,
      path: '/dashboard/$kpi',
      validateSearch: readSearch,
      loader,
      component: lazyRouteComponent(() => import('./kpi/kpi-page.tsx'), 'KpiPage'),
    });
    return [page, calculator, kpi];
  },
};
