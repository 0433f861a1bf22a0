import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { PromiseMark, type PromiseState } from '../../../../ui/promise-mark.tsx';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { useNow } from '../../../../ui/time.tsx';

/** From here on a promise is shown as due: half an hour is what an agent can still plan with. */
const dueSeconds = 30 * 60;

export type Promised = { state: PromiseState; secondsLeft: number };

/** Where the next promise of a ticket stands; nothing where none is running. */
export function promiseOf({ dueAt }: Pick<Ticket, 'dueAt'>, now: number): Promised | null {
  if (dueAt === null) return null;
  const exact = Math.round((Date.parse(dueAt) - now) / 1000);
  // The clock on screen moves every 20 s: seconds would only pretend.
  const secondsLeft = Math.abs(exact) < 60 ? exact : Math.trunc(exact / 60) * 60;
  if (secondsLeft <= 0) return { state: 'late', secondsLeft };
  return { state: secondsLeft <= dueSeconds ? 'due' : 'running', secondsLeft };
}

/** The promise, else how long the customer has been waiting, else nothing. */
export function TicketPromise({ ticket, className }: { ticket: Ticket; className?: string }) {
  const t = useText();
  const now = useNow();
  const promised = promiseOf(ticket, now);
  if (!promised) return <TicketWait ticket={ticket} className={className} />;
  return (
    <span title={ticket.dueTarget ? t(`ticket.target.${ticket.dueTarget}`) : undefined} className={className}>
      <PromiseMark {...promised} />
    </span>
  );
}

export function TicketWait({ ticket, className }: { ticket: Ticket; className?: string }) {
  const t = useText();
  const formats = useFormats();
  const now = useNow();
  if (ticket.waitingSince === null) return null;
  const seconds = Math.max(60, (now - Date.parse(ticket.waitingSince)) / 1000);
  return (
    <span title={formats.dateTime(ticket.waitingSince)} className={className}>
      {t('inbox.waits', { wait: formats.duration(seconds, 1) })}
    </span>
  );
}
