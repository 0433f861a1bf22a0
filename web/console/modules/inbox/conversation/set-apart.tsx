import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { TicketDetail, TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { T, useText } from '../../../../ui/text.tsx';
import type { Acts } from '../acts/use-acts.ts';
import { timelineQuery } from '../desk-queries.ts';
import { Notice } from './notice.tsx';

type SetApartProps = { ticket: TicketDetail; acts: Acts; link: (id: number) => ReactElement };

/** Its mail names another ticket, and its sender is not proved: whoever answers it first decides where it belongs. */
export function SetApart({ ticket, acts, link }: SetApartProps) {
  const t = useText();
  const { data } = useQuery(timelineQuery(ticket.id));
  const named = namedTicket(data?.items ?? []);
  const isDecided =
    ticket.mergedInto !== null || ticket.messages.some(({ authorKind }) => authorKind === 'agent');
  if (named === null || isDecided) return null;
  return (
    <Notice
      action={
        <Button onClick={() => void acts.merge(ticket.id, named)}>
          {t('ticket.merge.do', { id: named })}
        </Button>
      }
    >
      <T id="ticket.set_apart" values={{ id: named }} tags={{ ticket: link(named) }} />
    </Notice>
  );
}

function namedTicket(events: readonly TimelineEntry[]): number | null {
  const told = events.find(({ type }) => type === 'mail.set_apart');
  return told ? Number(told.data.ticketId) : null;
}
