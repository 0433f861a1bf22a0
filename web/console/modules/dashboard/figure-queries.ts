import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  changePage,
  dashboardShape,
  FigureAnswer,
  GuideAnswer,
  itemPage,
  KpiEntry,
  unmeasuredPage,
} from '../../../../server/modules/metrics/contract.ts';
import { request } from '../../../api/request.ts';
import { compared } from './measured-to.ts';

export type Figure = FigureAnswer;
export type Entry = KpiEntry;
export type Dashboard = z.infer<typeof dashboardShape>;
export type ChangePage = z.infer<typeof changePage>;
export type ItemPage = z.infer<typeof itemPage>;

/** A question about figures, as the API takes it. */
export type FigureQuery = {
  from: string;
  to: string;
  compare: 'none' | 'previous';
  channel?: string;
  team?: number;
  agent?: number;
  tag?: string;
};

export const catalogueQuery = queryOptions({
  queryKey: ['kpis'],
  queryFn: async () => (await request<{ items: Entry[] }>('GET', '/kpis')).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Everything below the key `figures` is asked again when an event may have changed it. */
export const dashboardQuery = (query: FigureQuery & { interval: string }) =>
  queryOptions({
    queryKey: ['figures', 'dashboard', query],
    queryFn: async ({ signal }) => compared(await request<Dashboard>('GET', '/dashboard', { query, signal })),
    placeholderData: keepPreviousData,
  });

export const figureQuery = (id: string, query: FigureQuery & { interval?: string; group_by?: string }) =>
  queryOptions({
    queryKey: ['figures', id, query],
    queryFn: async ({ signal }) => compared(await request<Figure>('GET', `/kpis/${id}`, { query, signal })),
    placeholderData: keepPreviousData,
  });

export const guideQuery = (id: string, { compare: _, ...query }: FigureQuery) =>
  queryOptions({
    queryKey: ['figures', id, 'guide', query],
    queryFn: ({ signal }) => request<GuideAnswer>('GET', `/kpis/${id}/guide`, { query, signal }),
    placeholderData: keepPreviousData,
  });

export const changesQuery = (id: string, { compare: _, ...query }: FigureQuery) =>
  infiniteQueryOptions({
    queryKey: ['figures', id, 'changes', query],
    queryFn: ({ pageParam, signal }) =>
      request<ChangePage>('GET', `/kpis/${id}/changes`, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const unmeasuredQuery = infiniteQueryOptions({
  queryKey: ['figures', 'unmeasured'],
  queryFn: ({ pageParam, signal }) =>
    request<z.infer<typeof unmeasuredPage>>('GET', '/unmeasured', { query: { cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const itemsQuery = (id: string, query: FigureQuery & { term?: string }) =>
  infiniteQueryOptions({
    queryKey: ['figures', id, 'items', query],
    queryFn: ({ pageParam, signal }) =>
      request<ItemPage>('GET', `/kpis/${id}/items`, {
        query: { ...query, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
