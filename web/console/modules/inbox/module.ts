import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import type { ConsoleModule } from '../../console-module.ts';
import { readFilters } from './filters.ts';

/** `/inbox/<view>` is a list, `/inbox/<view>/<ticket>` one of its tickets; `/tickets/<number>` finds any. */
export const inboxModule: ConsoleModule = {
  name: 'inbox',
  titleId: 'inbox.title',
  icon: Inbox,
  path: '/inbox',
  goKey: 'I',
  place: 'main',
  routes: (desk) => {
    const inbox = createRoute({
      getParentRoute: () => desk,
      path: '/inbox',
      validateSearch: readFilters,
      component: lazyRouteComponent(() => import('./inbox-page.tsx'), 'InboxPage'),
    });
    const first = createRoute({
      getParentRoute: () => inbox,
      path: '/',
      beforeLoad: () => {
        throw redirect({ to: '/inbox/mine' });
      },
    });
    const view = createRoute({ getParentRoute: () => inbox, path: '$view' });
    const ticket = createRoute({ getParentRoute: () => inbox, path: '$view/$ticket' });
    const number = createRoute({
      getParentRoute: () => desk,
      path: '/tickets/$ticket',
      beforeLoad: ({ params }) => {
        throw redirect({ to: `/inbox/all/${(params as { ticket: string }).ticket}` });
      },
    });
    return [inbox.addChildren([first, view, ticket]), number];
  },
};
