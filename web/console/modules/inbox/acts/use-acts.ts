import { useMemo } from 'react';
import type { ChangeTicket, Ticket, TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { request } from '../../../../api/request.ts';
import type { Translate } from '../../../../ui/formats.ts';
import { useText } from '../../../../ui/text.tsx';
import { useMe } from '../../../shell/use-me.ts';
import { cachedTicket, cachedTickets, refreshTicket } from '../ticket-cache.ts';
import { type Change, changeStep, undoStep } from './change-steps.ts';
import { commit } from './commit.ts';
import { createRemovals } from './removals.ts';
import type { Step } from './steps.ts';

type Property = 'status' | 'priority' | 'type' | 'tier' | 'teamId' | 'tags';
type Person = { id: number; name: string };
export type Acts = ReturnType<typeof useActs>;

/** Everything that can be done to tickets from a key or a button: at once, with undo, and rolled back if refused. */
export function useActs() {
  const t = useText();
  const { id: myId, name: myName } = useMe().user;
  return useMemo(() => createActs(t, { id: myId, name: myName }), [t, myId, myName]);
}

function createActs(t: Translate, me: Person) {
  const change = (tickets: readonly Ticket[], changes: readonly Change[], what: string) =>
    commit(
      {
        steps: changes.map(changeStep),
        words: (n) => (n > 1 ? t('inbox.done_to', { what, n }) : what),
        back: (ids) => waysBack(tickets, changes, ids),
      },
      t,
    );

  /** Sets one property of many tickets; those that have it already are left alone. */
  const set = <P extends Property>(
    tickets: readonly Ticket[],
    property: P,
    value: ChangeTicket[P],
    what: string,
    reason?: string,
  ) => {
    const changes = tickets
      .filter((ticket) => ticket[property] !== value)
      .map((ticket): Change => {
        const to = { [property]: value };
        const back = property === 'status' ? 'undo' : { [property]: ticket[property] };
        return { id: ticket.id, body: { ...to, reason }, shown: to, back };
      });
    void change(tickets, changes, what);
  };

  const assign = (tickets: readonly Ticket[], to: Person | null, reason?: string) => {
    const assigneeId = to?.id ?? null;
    const changes = tickets
      .filter((ticket) => ticket.assigneeId !== assigneeId)
      .map((ticket): Change => {
        const shown = { assigneeId, assigneeName: to?.name ?? null };
        return { id: ticket.id, body: { assigneeId, reason }, shown, back: 'undo' };
      });
    void change(tickets, changes, to ? t('ticket.assigned_to', { name: to.name }) : t('ticket.unassigned'));
  };

  const tag = (tickets: readonly Ticket[], word: string, on: boolean) => {
    const changes = tickets
      .filter((ticket) => ticket.tags.includes(word) !== on)
      .map((ticket): Change => {
        const tags = on ? [...ticket.tags, word] : ticket.tags.filter((one) => one !== word);
        const [add, remove] = [{ addTags: [word] }, { removeTags: [word] }];
        return { id: ticket.id, shown: { tags }, body: on ? add : remove, back: on ? remove : add };
      });
    void change(tickets, changes, t(on ? 'ticket.tagged' : 'ticket.untagged', { tag: word }));
  };

  /** Replaces the people in copy, by address. */
  const copy = async (ticket: TicketDetail, ccs: string[], what: string) => {
    const before = ticket.ccs.flatMap(({ email }) => email ?? []);
    const shown = { ccs: ccs.map((email, at) => personIn(ticket, email) ?? newcomer(email, at)) };
    await change([ticket], [{ id: ticket.id, body: { ccs }, shown, back: { ccs: before } }], what);
    refreshTicket(ticket.id);
  };

  /** Takes tickets that nobody has: the first of many who try gets one. */
  const claim = (tickets: readonly Ticket[]) => {
    // As they are by now: the second click of a double click finds them taken.
    const free = tickets
      .map((ticket) => cachedTicket(ticket.id) ?? ticket)
      .filter((ticket) => ticket.assigneeId !== me.id);
    const shown = { assigneeId: me.id, assigneeName: me.name };
    const steps = free.map(({ id }): Step => {
      const send = () => request<Ticket>('POST', `/tickets/${id}/claim`, { body: {} });
      return { id, shown, send };
    });
    const changes = free.map(({ id }): Change => {
      return { id, body: { assigneeId: me.id }, shown, back: 'undo' };
    });
    const back = (ids: readonly number[]) => waysBack(free, changes, ids);
    void commit({ steps, words: (n) => t('ticket.claimed', { n }), back }, t);
  };

  return { set, assign, tag, copy, claim, ...createRemovals(t) };
}

/** Takes back what still is as we left it; what somebody changed since stays theirs. */
function waysBack(before: readonly Ticket[], changes: readonly Change[], ids: readonly number[]): Step[] {
  const now = new Map(cachedTickets(ids).map((ticket) => [ticket.id, ticket]));
  return changes
    .filter(({ id, shown, body }) => ids.includes(id) && isAsLeft(now.get(id), shown, body))
    .map((change) => {
      const was = before.find(({ id }) => id === change.id);
      const shown = was ? pick(was, change.shown) : {};
      if (change.back === 'undo') return undoStep(change, shown);
      return changeStep({ id: change.id, body: change.back, shown });
    });
}

const isAsLeft = (now: Ticket | undefined, shown: Change['shown'], body: ChangeTicket): boolean =>
  now === undefined ||
  Object.keys(shown)
    .filter((name) => name in body)
    .every(
      (name) =>
        Array.isArray(shown[name as keyof Ticket]) ||
        now[name as keyof Ticket] === shown[name as keyof Ticket],
    );

const pick = (from: Ticket, like: Change['shown']): Change['shown'] =>
  Object.fromEntries(Object.keys(like).map((name) => [name, from[name as keyof Ticket]]));

const personIn = (ticket: TicketDetail, email: string) => ticket.ccs.find((person) => person.email === email);

/** Shown until the desk says who this is. */
const newcomer = (email: string, at: number) => ({ customerId: -1 - at, name: '', email });
