import { useQuery } from '@tanstack/react-query';
import type { TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { useText } from '../../../ui/text.tsx';
import { Time } from '../../../ui/time.tsx';
import { otherTicketsQuery } from './customer-queries.ts';
import { PanelPart, PartFailed } from './panel-part.tsx';

/** What else this person has asked: one timeline for all channels. */
export function OtherTickets({ ticket, onTicket }: { ticket: TicketDetail; onTicket: (id: number) => void }) {
  const t = useText();
  const { data, isError, refetch } = useQuery(otherTicketsQuery(ticket.requesterId));
  const others = data?.items.filter((one) => one.id !== ticket.id) ?? [];
  if (isError && !data)
    return (
      <PanelPart title={t('customer.others')}>
        <PartFailed onRetry={() => void refetch()} />
      </PanelPart>
    );
  if (!data) return null;
  return (
    <PanelPart title={t('customer.others')}>
      {others.length === 0 && <p className="text-ink-3">{t('customer.first_ticket')}</p>}
      <ul className="-mx-2 grid grid-cols-1">
        {others.slice(0, 8).map((one) => (
          <li key={one.id}>
            <button
              type="button"
              onClick={() => onTicket(one.id)}
              className="flex min-h-7 w-full items-center gap-2 rounded-md px-2 text-start hover:bg-paper"
            >
              <StatusMark status={one.status} shapeOnly />
              <bdi className="min-w-0 flex-1 truncate" title={one.subject}>
                {one.subject}
              </bdi>
              <Time at={one.updatedAt} as="nearby" className="shrink-0 text-ink-3" />
            </button>
          </li>
        ))}
      </ul>
      {(others.length > 8 || data.nextCursor !== null) && (
        <p className="text-ink-3">{t('customer.more_others')}</p>
      )}
    </PanelPart>
  );
}
