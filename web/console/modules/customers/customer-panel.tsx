import { useQuery } from '@tanstack/react-query';
import type { TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import type { Translate } from '../../../ui/formats.ts';
import { useText } from '../../../ui/text.tsx';
import { fieldsQuery, ticketQuery } from '../inbox/desk-queries.ts';
import { Clocks } from './clocks.tsx';
import { CustomerPart } from './customer-part.tsx';
import { OtherTickets } from './other-tickets.tsx';
import { PanelPart } from './panel-part.tsx';
import { Properties } from './properties.tsx';

type CustomerPanelProps = { ticketId: number; onTicket: (id: number) => void };

/** The person behind the ticket, what was promised them, and how the desk has filed it. */
export function CustomerPanel({ ticketId, onTicket }: CustomerPanelProps) {
  const { data: ticket } = useQuery(ticketQuery(ticketId));
  if (!ticket) return null;
  return (
    <div className="text-dense">
      <CustomerPart customerId={ticket.requesterId} name={ticket.requesterName} />
      <Clocks ticket={ticket} />
      <Properties ticket={ticket} />
      <Fields ticket={ticket} />
      <Followers ticket={ticket} />
      <OtherTickets ticket={ticket} onTicket={onTicket} />
    </div>
  );
}

function Fields({ ticket }: { ticket: TicketDetail }) {
  const t = useText();
  const { data: fields = [] } = useQuery(fieldsQuery);
  const filled = fields.filter((field) => field.active && ticket.fields[field.key] != null);
  if (filled.length === 0) return null;
  return (
    <PanelPart title={t('ticket.fields')}>
      <dl className="grid grid-cols-1 gap-1">
        {filled.map((field) => (
          <div key={field.id} className="grid grid-cols-[6rem_minmax(0,1fr)] gap-2">
            <dt className="truncate text-ink-3">
              <bdi>{field.title}</bdi>
            </dt>
            <dd className="wrap-anywhere">
              <bdi>{fieldWords(ticket.fields[field.key], field.options, t)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </PanelPart>
  );
}

type Option = { value: string; label: string };

function fieldWords(value: unknown, options: readonly Option[], t: Translate): string {
  const word = (one: unknown) => options.find((option) => option.value === one)?.label ?? String(one);
  if (typeof value === 'boolean') return t(value ? 'ui.yes' : 'ui.no');
  return Array.isArray(value) ? value.map(word).join(', ') : word(value);
}

function Followers({ ticket }: { ticket: TicketDetail }) {
  const t = useText();
  if (ticket.followers.length === 0) return null;
  return (
    <PanelPart title={t('customer.also')}>
      <ul className="grid grid-cols-1 gap-1">
        {ticket.followers.map((person) => (
          <li key={person.staffId} className="flex gap-2">
            <bdi className="min-w-0 flex-1 truncate">{person.name}</bdi>
            <span className="text-ink-3">{t('ticket.follows_it')}</span>
          </li>
        ))}
      </ul>
    </PanelPart>
  );
}
