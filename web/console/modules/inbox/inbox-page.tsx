import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { Ticket } from '../../../../server/modules/tickets/contract.ts';
import { Panes } from '../../../ui/panes.tsx';
import { createStore, useStore } from '../../../ui/store.ts';
import { useText } from '../../../ui/text.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { useWide } from '../../../ui/use-wide.ts';
import { useActs } from './acts/use-acts.ts';
import { Announcer } from './announcer.tsx';
import { viewsQuery } from './desk-queries.ts';
import { selection } from './list/selection.ts';
import { TicketList } from './list/ticket-list.tsx';
import { useTicketList } from './list/use-ticket-list.ts';
import { useLiveInbox } from './live-inbox.ts';
import { cachedTicket } from './ticket-cache.ts';
import { useAddress } from './use-address.ts';
import { useInboxCommands } from './use-inbox-commands.ts';
import { ViewRail } from './views/view-rail.tsx';

/** The list paints first; what a ticket needs follows as soon as the browser has a moment. */
const readConversation = () => import('./conversation/conversation.tsx');
const readPanel = () => import('../customers/customer-panel.tsx');
const readPickers = () => import('./acts/pickers.tsx');
const Conversation = lazy(async () => ({ default: (await readConversation()).Conversation }));
const CustomerPanel = lazy(async () => ({ default: (await readPanel()).CustomerPanel }));
const Pickers = lazy(async () => ({ default: (await readPickers()).Pickers }));

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
  useRestWhenIdle(list.items.length > 0);

  const targets = useCallback((): Ticket[] => {
    const { ids } = selection.get();
    const wanted = ids.size > 0 ? [...ids] : [ticketId ?? list.currentId].filter((id) => id !== null);
    return wanted.map(cachedTicket).filter((ticket) => ticket !== undefined);
  }, [ticketId, list.currentId]);
  useInboxCommands({ address, list, acts, targets, togglePanel: panel.toggle });

  return (
    <>
      <Panes
        views={<ViewRail address={address} onGo={() => setViewsOpen(false)} />}
        list={<TicketList address={address} list={list} onViews={() => setViewsOpen(true)} />}
        detail={
          ticketId !== null && (
            <Suspense>
              <Conversation
                key={ticketId}
                id={ticketId}
                address={address}
                acts={acts}
                panelOpen={panel.open}
                onPanel={panel.toggle}
                onNext={() => list.move(1)}
              />
            </Suspense>
          )
        }
        panel={
          ticketId !== null && (
            <Suspense>
              <CustomerPanel ticketId={ticketId} onTicket={address.openTicket} />
            </Suspense>
          )
        }
        panelTitle={t('customer.panel')}
        panelOpen={panel.open}
        onPanelClose={panel.close}
        showing={viewsOpen ? 'views' : ticketId === null ? 'list' : 'detail'}
      />
      <Suspense>
        <Pickers targets={targets} acts={acts} />
      </Suspense>
      <Announcer />
    </>
  );
}

function useRestWhenIdle(painted: boolean) {
  useEffect(() => {
    if (!painted) return;
    const read = () => void Promise.all([readConversation(), readPanel(), readPickers()]);
    const timer = setTimeout(read, restAfterMs);
    return () => clearTimeout(timer);
  }, [painted]);
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
