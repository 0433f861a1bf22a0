import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { onSessionEnd, queryClient } from '../../api/client.ts';
import { closeStream, openStream } from '../../api/stream.ts';
import { listenForKeys } from '../../ui/commands.ts';
import { LoadingBar } from '../../ui/loading-bar.tsx';
import { preferences } from '../../ui/preferences.ts';
import { useStore } from '../../ui/store.ts';
import { useText } from '../../ui/text.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { loadFloats } from './load-floats.ts';
import { commandMenuOpen, shortcutSheetOpen } from './panels.ts';
import { BottomBar, Rail } from './rail.tsx';
import { TypedAhead } from './typed-ahead.tsx';
import { useMe } from './use-me.ts';
import { useShellCommands } from './use-shell-commands.ts';

const CommandMenu = lazy(async () => ({ default: (await import('./command-menu.tsx')).CommandMenu }));
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }));

/** Around every signed-in screen: rail (or bottom bar), banner, content, and what floats above them. */
export function Frame() {
  const t = useText();
  useDeskConnection();
  useShellCommands();
  useFocusKept();
  const waiting = useRouterState({ select: (state) => state.isLoading });
  return (
    <div className="flex h-dvh flex-col overflow-hidden tablet:flex-row">
      <a
        href="#content"
        className="sr-only rounded-md bg-ink px-3 py-2 text-paper focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50"
      >
        {t('shell.skip')}
      </a>
      <Rail />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ConnectionBanner />
        <main
          id="content"
          data-resting
          tabIndex={-1}
          className="relative min-h-0 flex-1 overflow-hidden outline-none"
        >
          <LoadingBar active={waiting} />
          <Outlet />
        </main>
      </div>
      <BottomBar />
      <Floats />
    </div>
  );
}

/** Another area takes the place of what had the focus: reading goes on at its beginning. */
function useFocusKept() {
  const area = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname.split('/')[1] });
  const before = useRef(area);
  useEffect(() => {
    const first = before.current === undefined;
    before.current = area;
    if (first || document.activeElement !== document.body) return;
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [area]);
}

/** What floats above all screens is fetched after the first one is painted, or when it is asked for. */
function Floats() {
  const menu = useStore(commandMenuOpen);
  const sheet = useStore(shortcutSheetOpen);
  useEffect(loadFloats, []);
  return (
    <>
      <Suspense fallback={<TypedAhead />}>{menu && <CommandMenu />}</Suspense>
      <Suspense fallback={null}>{sheet && <ShortcutSheet />}</Suspense>
    </>
  );
}

function useDeskConnection() {
  const navigate = useNavigate();
  // Until the menu that was asked for is here, what is typed is meant for it.
  useEffect(() => listenForKeys(() => preferences.get().singleKeys && !commandMenuOpen.get()), []);
  const { position } = useMe();
  const after = useRef(position);
  useEffect(() => {
    openStream(after.current);
    return closeStream;
  }, []);
  useEffect(
    () =>
      onSessionEnd(() => {
        const next = window.location.pathname + window.location.search;
        void navigate({ to: '/sign-in', search: { next, ended: true } }).then(() => queryClient.clear());
      }),
    [navigate],
  );
}
