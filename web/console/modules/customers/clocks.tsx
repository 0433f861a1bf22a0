import { useQuery } from '@tanstack/react-query';
import type { TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { PromiseMark, type PromiseState } from '../../../ui/promise-mark.tsx';
import { useFormats, useText } from '../../../ui/text.tsx';
import { useNow } from '../../../ui/time.tsx';
import { secondsShown, TicketWait, usePromise } from '../inbox/list/row-promise.tsx';
import { clocksQuery, type TicketSla } from './customer-queries.ts';
import { PanelPart } from './panel-part.tsx';

type Clock = TicketSla['clocks'][number];

const states: Record<Clock['state'], PromiseState> = {
  running: 'running',
  due_soon: 'due',
  paused: 'paused',
  breached: 'late',
  met: 'good',
  missed: 'late',
  cancelled: 'paused',
};

/** Running clocks come before ended ones, and what is due next before what is due later. */
const inTurn = (a: Clock, b: Clock): number =>
  Number(a.fulfilledAt !== null) - Number(b.fulfilledAt !== null) || dueOf(a) - dueOf(b);

const dueOf = ({ dueAt }: Clock): number => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));

/** What was promised on this ticket, how far each promise has run, and by which policy. */
export function Clocks({ ticket }: { ticket: TicketDetail }) {
  const t = useText();
  const { data: sla } = useQuery(clocksQuery(ticket.id));
  const clocks = (sla?.clocks ?? []).filter((clock) => clock.state !== 'cancelled').sort(inTurn);
  if (clocks.length === 0 && ticket.dueAt === null && ticket.waitingSince === null) return null;
  return (
    <PanelPart title={t('customer.clocks')}>
      <ul className="grid grid-cols-1 gap-2">
        {clocks.map((clock) => (
          <ClockLine key={clock.id} clock={clock} />
        ))}
        {clocks.length === 0 && <NextPromise ticket={ticket} />}
      </ul>
      {sla?.policy && (
        <p className="mt-1.5 truncate text-ink-3">
          <bdi>
            {t(sla.reason?.everyone ? 'customer.policy_everyone' : 'customer.policy', {
              name: sla.policy.name,
            })}
          </bdi>
        </p>
      )}
    </PanelPart>
  );
}

function ClockLine({ clock }: { clock: Clock }) {
  const t = useText();
  const formats = useFormats();
  const now = useNow();
  const promised = usePromise(clock);
  const ended = clock.fulfilledAt !== null;
  const counting = !ended && clock.state !== 'paused' && promised;
  const share = Math.min(1, Math.max(0, clock.elapsedSeconds / Math.max(1, clock.targetSeconds)));
  return (
    <li>
      <div className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate">
          {t(`ticket.target.${clock.target}`)}
          {clock.cycle > 1 && <span className="figures text-ink-3"> {clock.cycle}</span>}
        </span>
        <PromiseMark
          state={counting ? counting.state : states[clock.state]}
          secondsLeft={secondsUntilDue(clock, now)}
        />
      </div>
      <div aria-hidden="true" className="my-1 h-0.5 bg-line">
        <div
          className={share >= 1 ? 'h-full bg-late' : 'h-full bg-ink-3'}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="figures text-ink-3">
        {t(clock.clock === 'business' ? 'customer.of_business' : 'customer.of', {
          elapsed: formats.duration(clock.elapsedSeconds),
          target: formats.duration(clock.targetSeconds),
        })}
      </p>
      {!ended && clock.dueAt && clock.state !== 'paused' && (
        <p className="figures text-ink-3">{t('customer.due_at', { time: formats.dateTime(clock.dueAt) })}</p>
      )}
    </li>
  );
}

/**
 * By the calendar, as in the list and the head of the ticket, so that one promise has one countdown; what ran
 * of it in working hours stands below. A paused clock has no due time: only the desk knows its rest.
 */
function secondsUntilDue(clock: Clock, now: number): number {
  const until = clock.fulfilledAt === null ? now : Date.parse(clock.fulfilledAt);
  const left =
    clock.dueAt === null || clock.state === 'paused'
      ? clock.remainingSeconds
      : Math.round((Date.parse(clock.dueAt) - until) / 1000);
  return secondsShown(left);
}

function NextPromise({ ticket }: { ticket: TicketDetail }) {
  const t = useText();
  const promised = usePromise(ticket);
  return (
    <li className="flex items-baseline gap-2">
      <span className="min-w-0 flex-1 truncate">
        {promised && ticket.dueTarget ? t(`ticket.target.${ticket.dueTarget}`) : t('customer.waiting')}
      </span>
      {promised ? (
        <PromiseMark {...promised} />
      ) : (
        <TicketWait ticket={ticket} className="figures text-ink-2" />
      )}
    </li>
  );
}
