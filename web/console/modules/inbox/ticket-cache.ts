import type { InfiniteData } from '@tanstack/react-query';
import type { Ticket, TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { queryClient } from '../../../api/client.ts';
import { createStore } from '../../../ui/store.ts';
import type { Page } from './desk-queries.ts';

/** Counts the changes shown, for what reads tickets without asking the desk. */
export const patches = createStore(0);

type List = InfiniteData<Page<Ticket>>;

/** Shows a ticket changed everywhere it is on screen, at once. */
export function patchTicket(id: number, patch: Partial<TicketDetail>): void {
  queryClient.setQueryData<TicketDetail>(['ticket', id], (now) => now && { ...now, ...patch });
  patches.set((n) => n + 1);
  queryClient.setQueriesData<List>({ queryKey: ['tickets'] }, (list) => list && patchList(list, id, patch));
}

function patchList(list: List, id: number, patch: Partial<Ticket>): List {
  if (!list.pages.some((page) => page.items.some((item) => item.id === id))) return list;
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.id === id ? { ...item, ...patch } : item)),
  }));
  return { ...list, pages };
}

export function changeDetail(id: number, change: (now: TicketDetail) => TicketDetail): void {
  queryClient.setQueryData<TicketDetail>(['ticket', id], (now) => now && change(now));
}

/** The ticket as any screen has it. */
export function cachedTicket(id: number): Ticket | undefined {
  const detail = queryClient.getQueryData<TicketDetail>(['ticket', id]);
  if (detail) return detail;
  for (const [, list] of queryClient.getQueriesData<List>({ queryKey: ['tickets'] })) {
    const found = list?.pages.flatMap((page) => page.items).find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Asks the desk again for what a change may have moved. */
export function refreshTicket(id: number): void {
  for (const queryKey of [['ticket', id], ['timeline', id], ['clocks', id], ['tickets'], ['views']])
    void queryClient.invalidateQueries({ queryKey });
}
