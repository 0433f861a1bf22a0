import { useEffect } from 'react';
import type { TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { queryClient } from '../../../api/client.ts';
import { type LiveEvent, onEvent, refreshSoon } from '../../../api/live.ts';
import { useText } from '../../../ui/text.tsx';
import { announce } from './announcer.tsx';
import { cachedTicket } from './ticket-cache.ts';

const listsAtMostEveryMs = 1000;
const ofTickets = /^(ticket|message|note|mail|reply|clock|sla|delivery|call|survey)\./;

/** Keeps the inbox true while it is on screen: the lists once a second at most, a ticket at once. */
export function useLiveInbox(openId: number | null): void {
  const t = useText();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let refreshedAt = 0;
    const refreshLists = () => {
      timer = undefined;
      refreshedAt = Date.now();
      refreshSoon(['views']);
      refreshSoon(['tickets']);
    };
    const stop = onEvent('*', (event) => {
      if (!ofTickets.test(event.type)) return;
      timer ??= setTimeout(refreshLists, Math.max(0, refreshedAt + listsAtMostEveryMs - Date.now()));
      const id = ticketOf(event);
      if (id === null) return;
      for (const key of ['ticket', 'timeline', 'clocks']) refreshSoon([key, id]);
      refreshThreadsAround(id);
      const before = followedBy(event);
      if (before !== null) refreshSoon(['ticket', before]);
      if (event.type === 'message.received') {
        announce(
          id === openId
            ? t('inbox.live.here')
            : t('inbox.live.elsewhere', { subject: cachedTicket(id)?.subject ?? `#${id}` }),
        );
      }
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [openId, t]);
}

function ticketOf({ data }: LiveEvent): number | null {
  const id = (data as { ticketId?: number | null } | null)?.ticketId;
  return id ?? null;
}

/** The closed ticket that a new one follows shows the link, too. */
function followedBy({ type, data }: LiveEvent): number | null {
  if (type !== 'ticket.opened') return null;
  return (data as { data?: { followUpOf?: number | null } } | null)?.data?.followUpOf ?? null;
}

/** A message on a merged ticket shows on the one it went into. */
function refreshThreadsAround(id: number): void {
  for (const [queryKey, detail] of queryClient.getQueriesData<TicketDetail>({ queryKey: ['ticket'] })) {
    if (detail && detail.id !== id && detail.messages.some((message) => message.ticketId === id))
      refreshSoon(queryKey);
  }
}
