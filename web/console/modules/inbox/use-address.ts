import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { View } from '../../../../server/modules/tickets/contract.ts';
import { dropAbsent, type Filters, isView } from './filters.ts';

export type Address = {
  view: View;
  ticketId: number | null;
  filters: Filters;
  openTicket: (id: number, options?: { replace?: boolean }) => void;
  openView: (view: View) => void;
  closeTicket: () => void;
  filter: (change: Filters) => void;
  clearFilters: () => void;
};

/** Which list and which ticket the address names, and the ways to another. */
export function useAddress(): Address {
  const params = useParams({ strict: false }) as { view?: string; ticket?: string };
  const filters = useSearch({ strict: false }) as Filters;
  const navigate = useNavigate();
  const view = isView(params.view) ? params.view : 'mine';
  const ticketId = /^\d{1,15}$/.test(params.ticket ?? '') ? Number(params.ticket) : null;
  return useMemo(() => {
    const go = (to: string, search: Filters, replace = false) => void navigate({ to, search, replace });
    const here = ticketId === null ? `/inbox/${view}` : `/inbox/${view}/${ticketId}`;
    return {
      view,
      ticketId,
      filters,
      openTicket: (id, options) => go(`/inbox/${view}/${id}`, filters, options?.replace),
      openView: (next) => go(`/inbox/${next}`, {}),
      closeTicket: () => go(`/inbox/${view}`, filters),
      filter: (change) => go(here, dropAbsent({ ...filters, ...change }), true),
      clearFilters: () => go(here, filters.sort ? { sort: filters.sort } : {}, true),
    };
  }, [view, ticketId, filters, navigate]);
}
