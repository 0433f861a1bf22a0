import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { queryClient } from '../api/client.ts';
import { meQuery, setupQuery } from '../api/session.ts';
import { needTexts } from '../ui/language.ts';
import { requestRoutes } from './modules/requests/routes.ts';
import { consoleModules } from './modules.ts';
import { followUserLocale } from './shell/locale.ts';
import { LostPage } from './shell/lost-page.tsx';
import { Root } from './shell/root.tsx';
import { RouteError } from './shell/route-error.tsx';
import { safeNext } from './shell/safe-next.ts';

const root = createRootRoute({ component: Root, notFoundComponent: LostPage, errorComponent: RouteError });

/** Everything that needs a signed-in person hangs below this one. */
const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  component: lazyRouteComponent(() => import('./shell/frame.tsx'), 'Frame'),
  beforeLoad: async ({ location }) => {
    const me = await queryClient.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: await doorFor(location.href) });
    await followUserLocale(me.user.locale);
  },
});

async function doorFor(next: string): Promise<string> {
  const setup = await queryClient.fetchQuery(setupQuery);
  if (setup.needed) return '/setup';
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}

const home = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: consoleModules[0]?.path ?? '/settings' });
  },
});

/** An unknown address still stands inside the frame, with its keys and its way out. */
const lost = createRoute({ getParentRoute: () => desk, path: '$', component: LostPage });

const loader = () => needTexts('auth');

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search) => ({ next: safeNext(search.next), ended: search.ended === true || undefined }),
  loader,
  component: lazyRouteComponent(() => import('./modules/auth/sign-in-page.tsx'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    const { needed } = await queryClient.fetchQuery(setupQuery);
    if (!needed) throw redirect({ to: '/sign-in' });
  },
  loader,
  component: lazyRouteComponent(() => import('./modules/auth/setup-page.tsx'), 'SetupPage'),
});

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  loader,
  component: lazyRouteComponent(() => import('./modules/auth/password-page.tsx'), 'PasswordPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    desk.addChildren([home, ...consoleModules.flatMap((module) => module.routes(desk)), lost]),
    requestRoutes(root),
    signIn,
    setup,
    password,
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  scrollRestoration: true,
});
