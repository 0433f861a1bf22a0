import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onSessionEnd, queryClient } from '../../api/client.ts';
import { closeStream, openStream } from '../../api/stream.ts';
import { listenForKeys } from '../../ui/commands.ts';
import { LoadingBar } from '../../ui/loading-bar.tsx';
import { preferences } from '../../ui/preferences.ts';
import { useText } from '../../ui/text.tsx';
import { CommandMenu } from './command-menu.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { BottomBar, Rail } from './rail.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { useShellCommands } from './use-shell-commands.ts';

/** Around every signed-in screen: rail (or bottom bar), banner, content, and what floats above them. */
export function Frame() {
  const t = useText();
  useDeskConnection();
  useShellCommands();
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
        <main id="content" tabIndex={-1} className="relative min-h-0 flex-1 overflow-hidden outline-none">
          <LoadingBar active={waiting} />
          <Outlet />
        </main>
      </div>
      <BottomBar />
      <CommandMenu />
      <ShortcutSheet />
    </div>
  );
}

function useDeskConnection() {
  const navigate = useNavigate();
  useEffect(() => listenForKeys(() => preferences.get().singleKeys), []);
  useEffect(() => {
    openStream();
    return closeStream;
  }, []);
  useEffect(
    () =>
      onSessionEnd(() => {
        const next = window.location.pathname + window.location.search;
        void navigate({ to: '/sign-in', search: { next } }).then(() => queryClient.clear());
      }),
    [navigate],
  );
}
