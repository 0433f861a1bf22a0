import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { Ticket } from '../../../../server/modules/tickets/contract.ts';
import { needTexts } from '../../../ui/language.ts';
import { Panes } from '../../../ui/panes.tsx';
import { createStore, useStore } from '../../../ui/store.ts';
import { useText } from '../../../ui/text.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { useWide } from '../../../ui/use-wide.ts';
import { useActs } from './acts/use-acts.ts';
import { Announcer } from './announcer.tsx';
import { ticketQuery, viewsQuery } from './desk-queries.ts';
import { selection } from './list/selection.ts';
import { TicketList } from './list/ticket-list.tsx';
import { useTicketList } from './list/use-ticket-list.ts';
import { useLiveInbox } from './live-inbox.ts';
import { cachedTickets } from './ticket-cache.ts';
import { useAddress } from './use-address.ts';
import { useInboxCommands } from './use-inbox-commands.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { ViewRail } from './views/view-rail.tsx';

/** The list paints first; what a ticket needs follows as soon as the browser has a moment. */
type TicketParts = {
  Conversation: typeof import('./conversation/conversation.tsx').Conversation;
  CustomerPanel: typeof import('../customers/customer-panel.tsx').CustomerPanel;
  Pickers: typeof import('./acts/pickers.tsx').Pickers;
  PromiseNotices: typeof import('./promises/promise-notices.tsx').PromiseNotices;
  WriteKeys: typeof import('./composer/write-keys.tsx').WriteKeys;
};
const ticketParts = createStore<TicketParts | null>(null);

async function readTicketParts(): Promise<void> {
  if (ticketParts.get()) return;
  const [conversation, panel, pickers, notices, keys] = await Promise.all([
    import('./conversation/conversation.tsx'),
    import('../customers/customer-panel.tsx'),
    import('./acts/pickers.tsx'),
    import('./promises/promise-notices.tsx'),
    import('./composer/write-keys.tsx'),
    needTexts('thread'),
  ]);
  ticketParts.set({ ...conversation, ...panel, ...pickers, ...notices, ...keys });
  // What is here opens before the next key is pressed.
  await Promise.all([
    import('./list/bulk-bar.tsx'),
    import('./dialogs/new-ticket-dialog.tsx'),
    import('./dialogs/merge-dialog.tsx'),
  ]);
}

const restAfterMs = 200;

const panelWanted = createStore(true);

/** Views, list, conversation and customer: an agent's whole day on one screen. */
export function InboxPage() {
  const t = useText();
  const address = useAddress();
  const list = useTicketList(address);
  const acts = useActs();
  const [viewsOpen, setViewsOpen] = useState(false);
  const panel = usePanel(address.ticketId);
  const { ticketId } = address;
  useLiveInbox(ticketId);
  useInboxTitle(address.view);
  const parts = useTicketParts(ticketId !== null, !list.query.isPending);

  const targets = useCallback((): Ticket[] => {
    const { ids } = selection.get();
    return cachedTickets(ids.size > 0 ? [...ids] : [ticketId ?? list.currentId].filter((id) => id !== null));
  }, [ticketId, list.currentId]);
  const { data: opened, isError: unread } = useQuery({ ...ticketQuery(ticketId ?? 0), enabled: false });
  useInboxCommands({ address, list, acts, targets, opened, togglePanel: panel.toggle });
  useKeptFocus();

  return (
    <>
      <Panes
        views={<ViewRail address={address} onGo={() => setViewsOpen(false)} />}
        list={<TicketList address={address} list={list} acts={acts} onViews={() => setViewsOpen(true)} />}
        detail={
          ticketId !== null && (
            <div className="h-full">
              {parts && (
                <parts.Conversation
                  key={ticketId}
                  id={ticketId}
                  address={address}
                  acts={acts}
                  panelOpen={panel.open}
                  onPanel={panel.toggle}
                  onNext={() => list.move(1)}
                />
              )}
            </div>
          )
        }
        panel={
          ticketId !== null &&
          parts &&
          (opened || !unread) && <parts.CustomerPanel ticketId={ticketId} onTicket={address.openTicket} />
        }
        panelTitle={t('customer.panel')}
        panelOpen={panel.open}
        onPanelClose={panel.close}
        showing={viewsOpen ? 'views' : ticketId === null ? 'list' : 'detail'}
      />
      {parts && <parts.Pickers targets={targets} acts={acts} />}
      {parts && <parts.PromiseNotices address={address} />}
      {parts && ticketId === null && list.currentId !== null && (
        <parts.WriteKeys id={list.currentId} openTicket={address.openTicket} />
      )}
      <Announcer />
    </>
  );
}

function useTicketParts(wantedNow: boolean, painted: boolean): TicketParts | null {
  useEffect(() => {
    if (!wantedNow && !painted) return;
    const timer = setTimeout(() => void readTicketParts(), wantedNow ? 0 : restAfterMs);
    return () => clearTimeout(timer);
  }, [wantedNow, painted]);
  return useStore(ticketParts);
}

/** Beside the conversation it stays as it was left; as a drawer it opens only when asked for. */
function usePanel(ticketId: number | null) {
  const wide = useWide('desk');
  const wanted = useStore(panelWanted);
  const [drawerFor, setDrawerFor] = useState<number | null>(null);
  const open = ticketId !== null && (wide ? wanted : drawerFor === ticketId);
  const close = () => (wide ? panelWanted.set(false) : setDrawerFor(null));
  const toggle = () => {
    if (open) close();
    else if (wide) panelWanted.set(true);
    else setDrawerFor(ticketId);
  };
  return { open, close, toggle };
}

/** The browser's tab counts what is mine, so that it can be seen from another tab. */
function useInboxTitle(view: string) {
  const t = useText();
  const { data: counts } = useQuery(viewsQuery);
  const mine = counts?.mine ?? 0;
  usePageTitle(mine > 0 ? `(${mine}) ${t(`inbox.view.${view}`)}` : t(`inbox.view.${view}`));
  useEffect(() => () => selection.set({ ids: new Set(), anchor: null }), []);
}
