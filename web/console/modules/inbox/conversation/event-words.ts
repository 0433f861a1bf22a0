import { useQuery } from '@tanstack/react-query';
import type { TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';
import type { Translate } from '../../../../ui/formats.ts';
import { isolated } from '../../../../ui/isolate.ts';
import { i18n } from '../../../../ui/language.ts';
import { useText } from '../../../../ui/text.tsx';
import { inboxesQuery, staffQuery, teamsQuery } from '../desk-queries.ts';

/** What an event needs to be put into words. */
type Happened = Pick<TimelineEntry, 'type' | 'data'> & Partial<Pick<TimelineEntry, 'people'>>;
type Named = { id: number; name: string };

/** Turns events into words; names of colleagues, teams and inboxes come from the desk's lists. */
export function useEventWords(): (entry: Happened) => string {
  const t = useText();
  const { data: staff = [] } = useQuery(staffQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: inboxes = [] } = useQuery(inboxesQuery);
  return (entry) => {
    const list = { 'ticket.assigned': staff, 'ticket.team_changed': teams, 'ticket.inbox_changed': inboxes };
    const names: readonly Named[] = list[entry.type as keyof typeof list] ?? [];
    return eventWords(entry, names, t);
  };
}

/** What happened, and from what to what. */
export function eventWords(entry: Happened, names: readonly Named[], t: Translate): string {
  const what = titleOf(entry, t);
  const change = changeWords(entry, names, t);
  return change ? `${what}: ${change}` : what;
}

function titleOf({ type, data }: Happened, t: Translate): string {
  const id = `ticket.event.${type}${wayOf(type, data)}`;
  // An event of a module newer than these words is named as the log names it.
  if (!(id in i18n.messages)) return type.replaceAll(/[._]/g, ' ');
  return t(id, { n: Number(data.ticketId ?? data.into ?? data.from ?? refusedIn(data)) });
}

/** What happened otherwise than its type alone says. */
function wayOf(type: string, data: Record<string, unknown>): string {
  if (type === 'sla.fulfilled' && data.met === false) return '_late';
  return type === 'mail.sent' && data.state === 'kept' ? '_kept' : '';
}

/** Older events of a mail that failed say nothing of its recipients; most have one. */
const refusedIn = ({ refused }: Record<string, unknown>): number =>
  Array.isArray(refused) ? refused.length : 1;

function changeWords({ type, data, people = [] }: Happened, names: readonly Named[], t: Translate): string {
  if (type.startsWith('mail.')) return troubleWords(type, data, people, t);
  if (type.startsWith('sla.')) return 'target' in data ? t(`ticket.target.${String(data.target)}`) : '';
  if (type === 'ticket.tagged') return tagWords(data);
  if (type === 'ticket.merged' || type === 'ticket.unmerged') return '';
  if (!('from' in data) || !('to' in data)) return '';
  const word = (value: unknown) => valueWord(type, value, names, t);
  if (data.from === null && type !== 'ticket.assigned') return word(data.to);
  return t('ui.from_to', { from: word(data.from), to: word(data.to) });
}

/** Whom a mail did not reach, and why. */
function troubleWords(
  type: string,
  data: Record<string, unknown>,
  people: readonly string[],
  t: Translate,
): string {
  const why = type === 'mail.bounced' && t(data.hard ? 'ticket.bounce.hard' : 'ticket.bounce.soft');
  const who = new Intl.ListFormat(i18n.locales, { type: 'conjunction' }).format(people.map(isolated));
  return [who, why, data.status].filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

function tagWords(data: Record<string, unknown>): string {
  const list = (value: unknown, sign: string) =>
    Array.isArray(value) ? value.map((tag) => `${sign}${String(tag)}`) : [];
  return [...list(data.added, '+'), ...list(data.removed, '−')].join(' ');
}

const wordIds: Record<string, string> = {
  'ticket.status_changed': 'ui.status.',
  'ticket.priority_changed': 'ticket.priority.',
  'ticket.type_changed': 'ticket.type.',
};

function valueWord(type: string, value: unknown, names: readonly Named[], t: Translate): string {
  if (value === null || value === undefined) return type === 'ticket.assigned' ? t('ticket.nobody') : '—';
  const prefix = wordIds[type];
  if (prefix) return t(`${prefix}${String(value)}`);
  return names.find((one) => one.id === value)?.name ?? String(value);
}
