import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { View } from '../../../../server/modules/tickets/contract.ts';
import { createStore, useStore } from '../../../ui/store.ts';
import { dropAbsent, type Filters, isView } from './filters.ts';

/** The ticket on its way into the address: shown at once, the address follows. */
const underWay = createStore<number | null>(null);

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
  const arrived = /^\d{1,15}$/.test(params.ticket ?? '') ? Number(params.ticket) : null;
  const ticketId = useStore(underWay) ?? arrived;
  useEffect(() => settle(arrived), [arrived]);
  useEffect(() => {
    window.addEventListener('popstate', leave);
    return () => window.removeEventListener('popstate', leave);
  }, []);
  return useMemo(() => {
    const go = (to: string, search: Filters, replace = false) => void navigate({ to, search, replace });
    const here = ticketId === null ? `/inbox/${view}` : `/inbox/${view}/${ticketId}`;
    return {
      view,
      ticketId,
      filters,
      openTicket: (id, options) => {
        underWay.set(id);
        afterPaint(() => go(`/inbox/${view}/${id}`, filters, options?.replace));
      },
      openView: (next) => {
        leave();
        go(`/inbox/${next}`, {});
      },
      closeTicket: () => {
        leave();
        go(`/inbox/${view}`, filters);
      },
      filter: (change) => go(here, dropAbsent({ ...filters, ...change }), true),
      clearFilters: () => go(here, filters.sort ? { sort: filters.sort } : {}, true),
    };
  }, [view, ticketId, filters, navigate]);
}

/** Of several asked for quickly only the last counts; the ones before it may still arrive on the way. */
function settle(arrived: number | null): void {
  underWay.set((wanted) => (wanted === arrived ? null : wanted));
}

let frame = 0;

/** The ticket is seen before the router begins; of several in one frame the last is gone to. */
function afterPaint(go: () => void): void {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => setTimeout(go));
}

function leave(): void {
  cancelAnimationFrame(frame);
  underWay.set(null);
}
