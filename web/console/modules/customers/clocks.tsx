import { useQuery } from '@tanstack/react-query';
import type { TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { PromiseMark } from '../../../ui/promise-mark.tsx';
import { useFormats, useText } from '../../../ui/text.tsx';
import { useNowAt } from '../../../ui/time.tsx';
import { TicketWait, usePromise } from '../inbox/list/row-promise.tsx';
import { endOf, standingOf } from './clock-standing.ts';
import { clocksQuery, hoursQuery, type TicketSla } from './customer-queries.ts';
import { PanelPart } from './panel-part.tsx';
import { PolicyReason } from './policy-reason.tsx';

type Clock = TicketSla['clocks'][number];

/** Running clocks come before ended ones, and what is due next before what is due later. */
const inTurn = (a: Clock, b: Clock): number =>
  Number(endOf(a) !== null) - Number(endOf(b) !== null) || dueOf(a) - dueOf(b);

const dueOf = ({ dueAt }: Clock): number => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));

/** What was promised on this ticket, how far each promise has run, by which policy and why by that one. */
export function Clocks({ ticket }: { ticket: TicketDetail }) {
  const t = useText();
  const { data: sla } = useQuery(clocksQuery(ticket.id));
  const clocks = (sla?.clocks ?? []).filter((clock) => clock.state !== 'cancelled').sort(inTurn);
  if (clocks.length === 0 && ticket.dueAt === null && ticket.waitingSince === null) return null;
  return (
    <PanelPart title={t('customer.clocks')}>
      <ul className="grid grid-cols-1 gap-2">
        {clocks.map((clock) => (
          <ClockLine key={clock.id} clock={clock} ticket={ticket} />
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
      {sla?.policy && sla.reason && <PolicyReason ticket={ticket} reason={sla.reason} />}
    </PanelPart>
  );
}

function ClockLine({ clock, ticket }: { clock: Clock; ticket: TicketDetail }) {
  const t = useText();
  const formats = useFormats();
  const instants = [clock.warnAt, clock.dueAt].flatMap((at) => (at === null ? [] : [Date.parse(at)]));
  const standing = standingOf(clock, useNowAt(...instants));
  const ended = endOf(clock) !== null;
  const share = Math.min(1, Math.max(0, clock.elapsedSeconds / Math.max(1, clock.targetSeconds)));
  return (
    <li>
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span>
          {t(`ticket.target.${clock.target}`)}
          {clock.cycle > 1 && <span className="figures text-ink-3"> {clock.cycle}</span>}
        </span>
        <PromiseMark {...standing} className="ms-auto" />
      </div>
      <div aria-hidden="true" className="my-1 h-0.5 bg-line">
        <div
          className={share >= 1 && !ended ? 'h-full bg-late' : 'h-full bg-ink-3'}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="figures text-ink-3">
        <UsedTime clock={clock} scheduleId={ticket.scheduleId} />
      </p>
      {!ended && clock.dueAt && clock.state !== 'paused' && (
        <p className="figures text-ink-3">{t('customer.due_at', { time: formats.dateTime(clock.dueAt) })}</p>
      )}
      {!ended && clock.state === 'paused' && clock.pausedAt && (
        <p className="figures text-ink-3">
          {t('customer.paused', {
            time: formats.dateTime(clock.pausedAt),
            status: t(`ui.status.${ticket.status}`),
            rest: formats.duration(clock.remainingSeconds),
          })}
        </p>
      )}
    </li>
  );
}

/** How much of the promised time is used, and in whose hours it runs; without hours every second counts. */
function UsedTime({ clock, scheduleId }: { clock: Clock; scheduleId: number | null }) {
  const t = useText();
  const formats = useFormats();
  const business = clock.clock === 'business' && scheduleId !== null;
  const { data: hours } = useQuery({ ...hoursQuery(scheduleId ?? 0), enabled: business });
  const used = {
    elapsed: formats.duration(clock.elapsedSeconds),
    target: formats.duration(clock.targetSeconds),
  };
  if (!business) return t('customer.of', used);
  return hours ? t('customer.of_hours', { ...used, hours: hours.name }) : t('customer.of_business', used);
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
