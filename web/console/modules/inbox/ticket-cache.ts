import type { InfiniteData } from '@tanstack/react-query';
import type { Ticket, TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { queryClient } from '../../../api/client.ts';
import { createStore } from '../../../ui/store.ts';
import type { Page } from './desk-queries.ts';

/** Counts the changes shown, for what reads tickets without asking the desk. */
export const patches = createStore(0);

type List = InfiniteData<Page<Ticket>>;
type Patch = Partial<TicketDetail>;

/** Shows a ticket changed everywhere it is on screen, at once. */
export const patchTicket = (id: number, patch: Patch): void => patchTickets(new Map([[id, patch]]));

/** The same for many, in one pass over what is on screen. */
export function patchTickets(changes: ReadonlyMap<number, Patch>): void {
  for (const [id, patch] of changes)
    queryClient.setQueryData<TicketDetail>(['ticket', id], (now) => now && { ...now, ...patch });
  patches.set((n) => n + 1);
  queryClient.setQueriesData<List>({ queryKey: ['tickets'] }, (list) => list && patchList(list, changes));
}

function patchList(list: List, changes: ReadonlyMap<number, Patch>): List {
  if (!list.pages.some((page) => page.items.some((item) => changes.has(item.id)))) return list;
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => ({ ...item, ...changes.get(item.id) })),
  }));
  return { ...list, pages };
}

/** No list shows what is spam, deleted, or goes on in another ticket; refused, it stands where it stood. */
export const isListed = (ticket: Ticket): boolean =>
  !ticket.spam && !ticket.deleted && ticket.mergedInto === null;

export function changeDetail(id: number, change: (now: TicketDetail) => TicketDetail): void {
  queryClient.setQueryData<TicketDetail>(['ticket', id], (now) => now && change(now));
}

/** The ticket as any screen has it. */
export const cachedTicket = (id: number): Ticket | undefined => cachedTickets([id])[0];

/** What a public answer written now answers; null where the conversation is not here yet. */
export const newestPublicId = (id: number): number | null =>
  queryClient.getQueryData<TicketDetail>(['ticket', id])?.messages.findLast((message) => message.public)
    ?.id ?? null;

/** Those of these tickets that any screen has, in this order. */
export function cachedTickets(ids: readonly number[]): Ticket[] {
  const known = new Map<number, Ticket>();
  for (const [, list] of queryClient.getQueriesData<List>({ queryKey: ['tickets'] }))
    for (const page of list?.pages ?? []) for (const item of page.items) known.set(item.id, item);
  return ids
    .map((id) => queryClient.getQueryData<TicketDetail>(['ticket', id]) ?? known.get(id))
    .filter((ticket) => ticket !== undefined);
}

/** Asks the desk again for what a change may have moved. */
export const refreshTicket = (id: number): void => refreshTickets([id]);

export function refreshTickets(ids: readonly number[]): void {
  const own = ids.flatMap((id) => [
    ['ticket', id],
    ['timeline', id],
    ['clocks', id],
  ]);
  for (const queryKey of [...own, ['tickets'], ['views']]) void queryClient.invalidateQueries({ queryKey });
}
