import type { Ticket, TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { request } from '../../../../api/request.ts';
import type { Translate } from '../../../../ui/formats.ts';
import { refreshTicket, refreshTickets } from '../ticket-cache.ts';
import { commit } from './commit.ts';
import type { Step } from './steps.ts';

type Way = { shown: Partial<TicketDetail>; call: (id: number) => Promise<Ticket> };

const spam: Way = { shown: { spam: true }, call: (id) => request('PUT', `/tickets/${id}/spam`) };
const notSpam: Way = { shown: { spam: false }, call: (id) => request('DELETE', `/tickets/${id}/spam`) };
const drop: Way = { shown: { deleted: true }, call: (id) => request('DELETE', `/tickets/${id}`) };
const restore: Way = {
  shown: { deleted: false },
  call: (id) => request('PUT', `/tickets/${id}/restoration`),
};
const unmerge: Way = { shown: { mergedInto: null }, call: (id) => request('DELETE', `/tickets/${id}/merge`) };

/** Spam, deletion and merging: the ticket leaves its lists at once and can be brought back. */
export function createRemovals(t: Translate) {
  const put = async (ids: readonly number[], there: Way, back: Way, words: (n: number) => string) => {
    const undone = t('ticket.brought_back');
    const wayBack = (done: readonly number[]) => stepsOf(done, back);
    await commit({ steps: stepsOf(ids, there), words, back: wayBack, undone }, t);
    refreshTickets(ids);
  };
  const idsOf = (tickets: readonly Ticket[]) => tickets.map(({ id }) => id);
  return {
    markSpam: (tickets: readonly Ticket[]) =>
      put(idsOf(tickets), spam, notSpam, (n) => t('ticket.marked_spam', { n })),
    unmarkSpam: (tickets: readonly Ticket[]) =>
      put(idsOf(tickets), notSpam, spam, () => t('ticket.unmarked_spam')),
    remove: (tickets: readonly Ticket[]) =>
      put(idsOf(tickets), drop, restore, (n) => t('ticket.deleted', { n })),
    restore: (tickets: readonly Ticket[]) =>
      put(idsOf(tickets), restore, drop, () => t('ticket.brought_back')),
    merge: async (from: number, into: number, reason?: string) => {
      await put([from], mergeInto(into, reason), unmerge, () => t('ticket.merged', { id: into }));
      refreshTicket(into);
    },
    unmerge: async (id: number, from: number) => {
      await put([id], unmerge, mergeInto(from), () => t('ticket.unmerged', { id: from }));
      refreshTicket(from);
    },
  };
}

const mergeInto = (into: number, reason?: string): Way => ({
  shown: { mergedInto: into },
  call: (id) => request('POST', `/tickets/${id}/merge`, { body: { into, reason } }),
});

const stepsOf = (ids: readonly number[], { shown, call }: Way): Step[] =>
  ids.map((id) => ({ id, shown, send: () => call(id) }));
