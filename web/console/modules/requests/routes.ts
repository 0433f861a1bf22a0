import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { isLocale } from '../../../../i18n/locales.ts';
import { queryClient } from '../../../api/client.ts';
import { i18n, needTexts, speak } from '../../../ui/language.ts';

/** What a customer sees: `/hc/<language>/signin` and `/hc/<language>/requests`; the language is the address's. */
export function requestRoutes(root: AnyRoute): AnyRoute {
  const customers = createRoute({
    getParentRoute: () => root,
    path: '/hc/$locale',
    beforeLoad: async ({ params, location }) => {
      const { locale } = params as { locale: string };
      if (!isLocale(locale)) throw redirect({ href: location.href.replace(/^\/hc\/[^/#?]*/, '/hc/en') });
      if (locale !== i18n.locale) await speak(locale);
    },
    loader: () => needTexts('requests'),
    component: lazyRouteComponent(() => import('./request-shell.tsx'), 'RequestShell'),
  });
  const signIn = createRoute({
    getParentRoute: () => customers,
    path: 'signin',
    component: lazyRouteComponent(() => import('./link-page.tsx'), 'LinkPage'),
  });
  const signedIn = createRoute({
    getParentRoute: () => customers,
    id: 'signed-in',
    beforeLoad: async ({ params }) => {
      // Only a customer needs these; who works here does not wait for them.
      const { customerQuery } = await import('./request-queries.ts');
      if (!(await queryClient.ensureQueryData(customerQuery)))
        throw redirect({ to: `/hc/${(params as { locale: string }).locale}/signin` });
    },
  });
  const first = createRoute({
    getParentRoute: () => customers,
    path: '/',
    beforeLoad: ({ params }) => {
      throw redirect({ to: `/hc/${(params as { locale: string }).locale}/requests` });
    },
  });
  const list = createRoute({
    getParentRoute: () => signedIn,
    path: 'requests',
    component: lazyRouteComponent(() => import('./request-list.tsx'), 'RequestList'),
  });
  const one = createRoute({
    getParentRoute: () => signedIn,
    path: 'requests/$ticket',
    component: lazyRouteComponent(() => import('./request-page.tsx'), 'RequestPage'),
  });
  return customers.addChildren([first, signIn, signedIn.addChildren([list, one])]);
}
