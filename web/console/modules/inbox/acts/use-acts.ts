import { useMemo } from 'react';
import type { ChangeTicket, Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../../api/api-error.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import type { Translate } from '../../../../ui/formats.ts';
import { useText } from '../../../../ui/text.tsx';
import { dismissToast, toast } from '../../../../ui/toast.ts';
import { useMe } from '../../../shell/use-me.ts';
import { eventWords } from '../conversation/event-words.ts';
import { cachedTicket, patchTicket, refreshTicket } from '../ticket-cache.ts';
import { type Change, changeTickets, type Refusal, rollBack } from './change-tickets.ts';
import { inOrder } from './in-order.ts';

type Property = 'status' | 'priority' | 'type' | 'tier' | 'teamId' | 'tags';
export type Acts = ReturnType<typeof useActs>;

/** Everything that can be done to tickets from a key or a button: at once, with undo, and rolled back if refused. */
export function useActs() {
  const t = useText();
  const { id: myId, name: myName } = useMe().user;
  return useMemo(() => createActs(t, { id: myId, name: myName }), [t, myId, myName]);
}

function createActs(t: Translate, me: { id: number; name: string }) {
  const commit = (tickets: readonly Ticket[], changes: Change[], words: string) => {
    if (changes.length === 0) return;
    const undo = () => {
      const back = changes.map((change) => {
        const before = tickets.find((ticket) => ticket.id === change.id);
        return { ...change, body: change.back, shown: before ? pick(before, change.shown) : {} };
      });
      void changeTickets(back).then(report);
    };
    const what = changes.length > 1 ? t('inbox.done_to', { what: words, n: changes.length }) : words;
    const shown = toast(what, { undo });
    void changeTickets(changes).then((refusals) => {
      if (refusals.length === changes.length) dismissToast(shown);
      report(refusals);
    });
  };
  const report = (refusals: Refusal[]) => {
    const [first] = refusals;
    if (first) toast(refusalWords(first, t), { tone: 'failed' });
  };

  /** Sets one property of many tickets; those that have it already are left alone. */
  const set = <P extends Property>(
    tickets: readonly Ticket[],
    property: P,
    value: ChangeTicket[P],
    words: string,
  ) => {
    const changed = tickets.filter((ticket) => ticket[property] !== value);
    const changes = changed.map(
      (ticket): Change => ({
        id: ticket.id,
        body: { [property]: value },
        shown: { [property]: value },
        back: { [property]: backValue(ticket, property) },
      }),
    );
    commit(changed, changes, words);
  };

  const assign = (tickets: readonly Ticket[], to: { id: number; name: string } | null) => {
    const changed = tickets.filter((ticket) => ticket.assigneeId !== (to?.id ?? null));
    const changes = changed.map(
      (ticket): Change => ({
        id: ticket.id,
        body: { assigneeId: to?.id ?? null },
        shown: { assigneeId: to?.id ?? null, assigneeName: to?.name ?? null },
        back: { assigneeId: ticket.assigneeId },
      }),
    );
    commit(changed, changes, to ? t('ticket.assigned_to', { name: to.name }) : t('ticket.unassigned'));
  };

  const tag = (tickets: readonly Ticket[], word: string, on: boolean) => {
    const changed = tickets.filter((ticket) => ticket.tags.includes(word) !== on);
    const changes = changed.map((ticket): Change => {
      const tags = on ? [...ticket.tags, word] : ticket.tags.filter((one) => one !== word);
      const [body, back] = [{ addTags: [word] }, { removeTags: [word] }];
      return { id: ticket.id, shown: { tags }, body: on ? body : back, back: on ? back : body };
    });
    commit(changed, changes, t(on ? 'ticket.tagged' : 'ticket.untagged', { tag: word }));
  };

  /** Takes tickets that nobody has: the first of many who try gets one. */
  const claim = async (tickets: readonly Ticket[]) => {
    const free = tickets.filter((ticket) => ticket.assigneeId !== me.id);
    for (const { id } of free) patchTicket(id, { assigneeId: me.id, assigneeName: me.name });
    const claimed = await Promise.all(free.map((ticket) => claimOne(ticket.id, t)));
    const ids = claimed.filter((id) => id !== null);
    if (ids.length === 0) return;
    const undo = () => assign(free.filter((one) => ids.includes(one.id)).map(asMine), null);
    toast(t('ticket.claimed', { n: ids.length }), { undo });
  };
  const asMine = (ticket: Ticket): Ticket => ({ ...ticket, assigneeId: me.id, assigneeName: me.name });

  return { set, assign, tag, claim, ...createRemovals(t) };
}

/** Spam and deletion: the ticket leaves its lists and can be brought back. */
function createRemovals(t: Translate) {
  const put = async (tickets: readonly Ticket[], call: Call, back: Call, words: string) => {
    const results = await Promise.allSettled(
      tickets.map((ticket) => inOrder(ticket.id, () => call(ticket.id))),
    );
    for (const { id } of tickets) refreshTicket(id);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) return toast(wordsOf(failed.reason, t), { tone: 'failed' });
    return toast(words, { undo: () => void put(tickets, back, call, t('ticket.brought_back')) });
  };
  const n = (tickets: readonly Ticket[]) => ({ n: tickets.length });
  return {
    markSpam: (tickets: readonly Ticket[]) =>
      put(tickets, spam, notSpam, t('ticket.marked_spam', n(tickets))),
    unmarkSpam: (tickets: readonly Ticket[]) => put(tickets, notSpam, spam, t('ticket.unmarked_spam')),
    remove: (tickets: readonly Ticket[]) => put(tickets, drop, restore, t('ticket.deleted', n(tickets))),
    restore: (tickets: readonly Ticket[]) => put(tickets, restore, drop, t('ticket.brought_back')),
    merge: (from: number, into: number) =>
      put(
        [{ id: from } as Ticket],
        (id) => request('POST', `/tickets/${id}/merge`, { body: { into } }),
        unmerge,
        t('ticket.merged', { id: into }),
      ),
    unmerge: async (id: number) => {
      await unmerge(id).catch((error: unknown) => toast(wordsOf(error, t), { tone: 'failed' }));
      refreshTicket(id);
    },
  };
}

type Call = (id: number) => Promise<unknown>;
const spam: Call = (id) => request('PUT', `/tickets/${id}/spam`);
const notSpam: Call = (id) => request('DELETE', `/tickets/${id}/spam`);
const drop: Call = (id) => request('DELETE', `/tickets/${id}`);
const restore: Call = (id) => request('PUT', `/tickets/${id}/restoration`);
const unmerge: Call = (id) => request('DELETE', `/tickets/${id}/merge`);

async function claimOne(id: number, t: Translate): Promise<number | null> {
  try {
    patchTicket(id, await inOrder(id, () => request<Ticket>('POST', `/tickets/${id}/claim`, { body: {} })));
    return id;
  } catch (error) {
    rollBack(id, error);
    const owner = error instanceof ApiError ? (error.details.ticket as Ticket | undefined) : undefined;
    const taken = owner?.assigneeName && t('ticket.taken', { name: owner.assigneeName, id });
    toast(taken || wordsOf(error, t), { tone: 'failed' });
    return null;
  }
}

function refusalWords({ id, error, theirs }: Refusal, t: Translate): string {
  if (!theirs) return t('ticket.not_changed', { id, why: wordsOf(error, t) });
  return t('ticket.changed_meanwhile', {
    id,
    name: theirs.actorName,
    what: eventWords(theirs, ownerOf(id), t),
  });
}

/** The name that stands for the only number a refusal may tell: whose the ticket is now. */
function ownerOf(id: number) {
  const ticket = cachedTicket(id);
  return ticket?.assigneeId && ticket.assigneeName
    ? [{ id: ticket.assigneeId, name: ticket.assigneeName }]
    : [];
}

const pick = (from: Ticket, like: Partial<Ticket>): Partial<Ticket> =>
  Object.fromEntries(Object.keys(like).map((name) => [name, from[name as keyof Ticket]]));

/** A new ticket cannot become new again; open is the nearest. A closed one stays as it is. */
function backValue(ticket: Ticket, property: Property): unknown {
  if (property !== 'status') return ticket[property];
  return ticket.status === 'new' || ticket.status === 'closed' ? 'open' : ticket.status;
}
