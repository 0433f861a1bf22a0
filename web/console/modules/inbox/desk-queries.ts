import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { inboxShape } from '../../../../server/modules/channels/contract.ts';
import type { Staff, Team } from '../../../../server/modules/staff/contract.ts';
import type {
  Ticket,
  TicketDetail,
  TimelineEntry,
  ticketFieldShape,
  View,
} from '../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../api/api-error.ts';
import { request } from '../../../api/request.ts';
import { type Filters, sortOf } from './filters.ts';

export type Page<Item> = { items: Item[]; nextCursor: string | null };
export type Inbox = z.infer<typeof inboxShape>;
export type TicketField = z.infer<typeof ticketFieldShape>;
export type ViewCounts = Record<View, number>;

const minutes = 60_000;

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => request<ViewCounts>('GET', '/views', { signal }),
});

export const listQuery = (view: View, filters: Filters) => {
  const query = { ...filters, view, sort: sortOf(view, filters) };
  return infiniteQueryOptions({
    queryKey: ['tickets', query],
    queryFn: ({ pageParam, signal }) =>
      request<Page<Ticket>>('GET', '/tickets', { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
};

export const ticketQuery = (id: number) =>
  queryOptions({
    queryKey: ['ticket', id],
    queryFn: ({ signal }) => request<TicketDetail>('GET', `/tickets/${id}`, { signal }),
  });

export const timelineQuery = (id: number) =>
  queryOptions({
    queryKey: ['timeline', id],
    queryFn: ({ signal }) => request<Page<TimelineEntry>>('GET', `/tickets/${id}/timeline`, { signal }),
  });

export const staffQuery = queryOptions({
  queryKey: ['staff'],
  queryFn: () => readAll<Staff>('/staff', { active: true }),
  staleTime: 10 * minutes,
});
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: () => readAll<Team>('/teams'),
  staleTime: 10 * minutes,
});
export const inboxesQuery = queryOptions({
  queryKey: ['inboxes'],
  queryFn: () => readAll<Inbox>('/inboxes'),
  staleTime: 10 * minutes,
});
export const fieldsQuery = queryOptions({
  queryKey: ['ticket-fields'],
  queryFn: () => readAll<TicketField>('/ticket-fields'),
  staleTime: 10 * minutes,
});

/** Lists of people and places are short; all pages of them, 100 at a time. */
async function readAll<Item>(path: string, query: Record<string, boolean> = {}): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null | undefined;
  do {
    const paged = cursor ? { ...query, cursor } : query;
    const page = await request<Page<Item> | Item[]>('GET', path, { query: paged });
    if (Array.isArray(page)) return page;
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

/** Null where the desk does not have this part. */
export async function readIfThere<T>(path: string, signal?: AbortSignal): Promise<T | null> {
  try {
    return await request<T>('GET', path, { signal });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
