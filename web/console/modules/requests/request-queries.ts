import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Ticket, TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../api/api-error.ts';
import { queryClient } from '../../../api/client.ts';
import { request } from '../../../api/request.ts';

export type Customer = { id: number; name: string };
type Page = { items: Ticket[]; nextCursor: string | null };

/** Which customer is signed in; null when none is. */
export const customerQuery = queryOptions<Customer | null>({
  queryKey: ['customer-session'],
  queryFn: async () => {
    try {
      return (await request<{ customer: Customer }>('GET', '/customer-session')).customer;
    } catch (error) {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return null;
      throw error;
    }
  },
});

export const requestsQuery = infiniteQueryOptions({
  queryKey: ['requests'],
  queryFn: ({ pageParam }) =>
    request<Page>('GET', '/tickets', { query: { view: 'all', limit: 25, cursor: pageParam } }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['requests', id],
    queryFn: () => request<TicketDetail>('GET', `/tickets/${encodeURIComponent(id)}`),
    // Nobody tells a customer's page that an answer came: it looks by itself while it is open.
    refetchInterval: 20_000,
  });

export async function openLink(token: string): Promise<void> {
  await request('POST', '/customer-session', { body: { token } });
  queryClient.clear();
}

export async function askForLink(email: string): Promise<void> {
  await request('POST', '/customer-links', { body: { email } });
}
