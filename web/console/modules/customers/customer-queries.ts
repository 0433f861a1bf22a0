import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Customer, Organization } from '../../../../server/modules/customers/contract.ts';
import type { ticketSlaShape } from '../../../../server/modules/sla/contract.ts';
import type { Ticket } from '../../../../server/modules/tickets/contract.ts';
import { request } from '../../../api/request.ts';
import { type Page, readIfThere } from '../inbox/desk-queries.ts';

export type TicketSla = z.infer<typeof ticketSlaShape>;

export const customerQuery = (id: number) =>
  queryOptions({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => readIfThere<Customer>(`/customers/${id}`, signal),
  });

export const organizationQuery = (id: number) =>
  queryOptions({
    queryKey: ['organization', id],
    queryFn: ({ signal }) => readIfThere<Organization>(`/organizations/${id}`, signal),
  });

export const otherTicketsQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['tickets-of', customerId],
    queryFn: ({ signal }) =>
      request<Page<Ticket>>('GET', '/tickets', {
        query: { view: 'all', sort: 'updated', requester: customerId, limit: 20 },
        signal,
      }),
  });

/** Hours by their id; null for some that were deleted, by which old tickets still count. */
export const hoursQuery = (scheduleId: number) =>
  queryOptions({
    queryKey: ['hours', scheduleId],
    queryFn: ({ signal }) => readIfThere<{ name: string }>(`/schedules/${scheduleId}`, signal),
    staleTime: 5 * 60_000,
  });

export const clocksQuery = (ticketId: number) =>
  queryOptions({
    queryKey: ['clocks', ticketId],
    queryFn: ({ signal }) => readIfThere<TicketSla>(`/tickets/${ticketId}/sla`, signal),
  });
