import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { queryClient } from '../../../../api/client.ts';
import { useStore } from '../../../../ui/store.ts';
import { clocksQuery, customerQuery } from '../../customers/customer-queries.ts';
import { listQuery, ticketQuery } from '../desk-queries.ts';
import { isListed } from '../ticket-cache.ts';
import type { Address } from '../use-address.ts';
import { cursor, keepSelectionFor } from './selection.ts';

export type TicketList = ReturnType<typeof useTicketList>;

/** The rows of the current view, the one under the keyboard, and the way to its neighbours. */
export function useTicketList({ view, filters, ticketId, openTicket }: Address) {
  const query = useInfiniteQuery(listQuery(view, filters));
  const items = useMemo(
    () => query.data?.pages.flatMap((page) => page.items.filter(isListed)) ?? [],
    [query.data],
  );
  const order = useMemo(() => items.map((item) => item.id), [items]);
  const wanted = useStore(cursor);
  const current = ticketId ?? wanted;
  const lastIndex = useRef(0);
  const found = current === null ? 0 : order.indexOf(current);
  // A ticket that left the view leaves the keyboard where it was.
  const index = found >= 0 ? found : Math.min(lastIndex.current, Math.max(0, order.length - 1));
  lastIndex.current = index;

  useEffect(() => {
    if (ticketId !== null) cursor.set(ticketId);
  }, [ticketId]);
  const name = JSON.stringify([view, filters]);
  useEffect(() => keepSelectionFor(name), [name]);
  usePrefetch(items, index);

  const move = (step: 1 | -1) => {
    const gone = current !== null && found < 0 && step === 1;
    const next = order[gone ? index : Math.min(order.length - 1, Math.max(0, index + step))];
    if (next === undefined) return undefined;
    cursor.set(next);
    if (ticketId !== null && next !== ticketId) openTicket(next, { replace: true });
    return next;
  };
  return { query, items, order, index, currentId: order[index] ?? null, move };
}

/** The next two are here before they are asked for, with what stands beside them. */
function usePrefetch(items: readonly Ticket[], index: number) {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { id, requesterId } of items.slice(index, index + 3)) {
        void queryClient.prefetchQuery(ticketQuery(id));
        void queryClient.prefetchQuery(clocksQuery(id));
        void queryClient.prefetchQuery(customerQuery(requesterId));
      }
    }, 120);
    return () => clearTimeout(timer);
  }, [items, index]);
}
