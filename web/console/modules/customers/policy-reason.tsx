import { useQuery } from '@tanstack/react-query';
import type { TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import { useFormats, useText } from '../../../ui/text.tsx';
import { inboxesQuery, teamsQuery } from '../inbox/desk-queries.ts';
import { languageName } from '../inbox/list/language-name.ts';
import { organizationQuery, type TicketSla } from './customer-queries.ts';

type Reason = NonNullable<TicketSla['reason']>;
type Matched = Reason['all'][number];
type Value = string | number | null;

/** By which of its conditions the policy holds for this ticket, as the ticket was when they were tried. */
export function PolicyReason({ ticket, reason }: { ticket: TicketDetail; reason: Reason }) {
  const write = useWriter(ticket, reason);
  const met = [...reason.all, ...reason.any].map(write);
  if (met.length === 0) return null;
  return (
    <ul className="mt-0.5 grid text-ink-3">
      {met.map((words) => (
        <li key={words} className="wrap-anywhere">
          <bdi>{words}</bdi>
        </li>
      ))}
    </ul>
  );
}

function useWriter(ticket: TicketDetail, reason: Reason): (condition: Matched) => string {
  const t = useText();
  const valueWords = useValueWords(ticket, reason);
  return ({ field, op, values, actual }) => {
    const own = Array.isArray(actual) ? actual.filter((one) => values.includes(one)) : [actual];
    const said = (op === 'none_of' ? values : own).map((one) => valueWords(field, one)).join(', ');
    const what = t(`customer.met.${field}`);
    return t(op === 'none_of' ? 'customer.met_not' : 'customer.met', { what, value: said });
  };
}

function useValueWords(ticket: TicketDetail, reason: Reason): (field: string, value: Value) => string {
  const t = useText();
  const { locale } = useFormats();
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: inboxes = [] } = useQuery(inboxesQuery);
  const conditions = [...reason.all, ...reason.any];
  const employer = conditions.find(({ field, op }) => field === 'organization' && op === 'any_of')?.actual;
  const known = typeof employer === 'number';
  const { data: organization } = useQuery({ ...organizationQuery(known ? employer : 0), enabled: known });
  const nameIn = (list: { id: number; name: string }[], value: Value) =>
    list.find(({ id }) => id === value)?.name;
  const words: Record<string, (value: Value) => string | undefined> = {
    channel: (value) => t(`ticket.channel.${value}`),
    priority: (value) => t(`ticket.priority.${value}`),
    type: (value) => t(`ticket.type.${value}`),
    language: (value) => languageName(String(value), locale),
    team: (value) => nameIn(teams, value),
    inbox: (value) => nameIn(inboxes, value),
    organization: (value) => (value === organization?.id ? organization?.name : undefined),
    customer: (value) => (value === ticket.requesterId ? ticket.requesterName : undefined),
  };
  return (field, value) => (value === null ? t('ticket.none') : (words[field]?.(value) ?? String(value)));
}
