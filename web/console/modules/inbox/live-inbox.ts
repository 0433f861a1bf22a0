import { useEffect } from 'react';
import type { Ticket, TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { queryClient } from '../../../api/client.ts';
import { type LiveEvent, onEvent } from '../../../api/live.ts';
import { refreshSoon } from '../../../api/refresh.ts';
import { useText } from '../../../ui/text.tsx';
import { announce } from './announcer.tsx';
import type { Page } from './desk-queries.ts';
import { cachedTicket } from './ticket-cache.ts';

const ofTickets = /^(ticket|message|note|mail|reply|clock|sla|delivery|call|survey)\./;

const ofPeople = /^(customer|organization)\.(?!created)/;

/** Keeps the inbox true while it is on screen: its lists and counts, and every ticket that something happens to. */
export function useLiveInbox(openId: number | null): void {
  const t = useText();
  useEffect(() => {
    return onEvent('*', (event) => {
      if (ofPeople.test(event.type)) refreshPeople();
      if (!ofTickets.test(event.type)) return;
      refreshSoon(['views']);
      refreshSoon(['tickets']);
      const id = ticketOf(event);
      if (id === null) return;
      for (const key of ['ticket', 'timeline', 'clocks']) refreshSoon([key, id]);
      refreshThreadsAround(id);
      refreshPanelsWith(event, id);
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

/** What else a customer asks stands beside their tickets: one more of theirs, or one that is listed there. */
function refreshPanelsWith({ data }: LiveEvent, id: number): void {
  const requesterId = (data as { data?: { requesterId?: number } } | null)?.data?.requesterId;
  const lists = queryClient.getQueriesData<Page<Ticket>>({ queryKey: ['tickets-of'] });
  for (const [queryKey, page] of lists) {
    const listed = page?.items.some((one) => one.id === id);
    if (listed || queryKey[1] === requesterId) refreshSoon(queryKey);
  }
}

/** Their names stand on rows, in threads and in panels. */
function refreshPeople(): void {
  for (const key of ['customer', 'organization', 'tickets', 'ticket']) refreshSoon([key]);
}
