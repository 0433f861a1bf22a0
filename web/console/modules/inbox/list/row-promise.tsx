import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { PromiseMark, type PromiseState } from '../../../../ui/promise-mark.tsx';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { useNow, useNowAt } from '../../../../ui/time.tsx';

export type Promised = { state: PromiseState; secondsLeft: number };
type Promises = Pick<Ticket, 'warnAt' | 'dueAt'>;

/** Whole minutes from one on: the clock on screen moves every 20 s, so that seconds would only pretend. */
export const secondsShown = (exact: number): number =>
  Math.abs(exact) < 60 ? Math.round(exact) : Math.trunc(Math.round(exact) / 60) * 60;

/** Where the next promise of a ticket stands: due from four fifths of its time on; nothing where none is running. */
export function promiseOf({ warnAt, dueAt }: Promises, now: number): Promised | null {
  if (dueAt === null) return null;
  const secondsLeft = secondsShown((Date.parse(dueAt) - now) / 1000);
  if (now >= Date.parse(dueAt)) return { state: 'late', secondsLeft };
  const warned = warnAt !== null && now >= Date.parse(warnAt);
  return { state: warned ? 'due' : 'running', secondsLeft };
}

/** The same from now on: it turns at its instants, whatever the desk says meanwhile. */
export function usePromise({ warnAt, dueAt }: Promises): Promised | null {
  const instants = [warnAt, dueAt].flatMap((at) => (at === null ? [] : [Date.parse(at)]));
  return promiseOf({ warnAt, dueAt }, useNowAt(...instants));
}

/** The promise, else how long the customer has been waiting, else nothing. */
export function TicketPromise({ ticket, className }: { ticket: Ticket; className?: string }) {
  const t = useText();
  const formats = useFormats();
  const promised = usePromise(ticket);
  if (!promised) return <TicketWait ticket={ticket} className={className} />;
  const { dueTarget, dueAt } = ticket;
  const what =
    dueTarget && dueAt
      ? t('ticket.promise_due', { target: t(`ticket.target.${dueTarget}`), time: formats.dateTime(dueAt) })
      : undefined;
  return (
    <span title={what} className={className}>
      <PromiseMark {...promised} />
    </span>
  );
}

export function TicketWait({ ticket, className }: { ticket: Ticket; className?: string }) {
  const t = useText();
  const formats = useFormats();
  const now = useNow();
  if (ticket.waitingSince === null) return null;
  const [since, opened] = [ticket.waitingSince, ticket.createdAt].map((at) => formats.dateTime(at));
  return (
    <span title={t('inbox.waits_since', { since, opened })} className={className}>
      {t('inbox.waits', { wait: formats.duration(secondsSince(ticket.waitingSince, now), 1) })}
    </span>
  );
}

/** How long the customer has been waiting; where nobody waits for what is not solved, how old it is. */
export function WaitOrAge({ ticket }: { ticket: Ticket }) {
  const t = useText();
  const formats = useFormats();
  const now = useNow();
  if (ticket.waitingSince !== null) return <TicketWait ticket={ticket} />;
  if (ticket.status === 'solved' || ticket.status === 'closed') return null;
  return (
    <span title={t('inbox.opened_at', { opened: formats.dateTime(ticket.createdAt) })} className="text-ink-3">
      {t('inbox.old', { age: formats.duration(secondsSince(ticket.createdAt, now), 1) })}
    </span>
  );
}

const secondsSince = (at: string, now: number): number => Math.max(60, (now - Date.parse(at)) / 1000);
