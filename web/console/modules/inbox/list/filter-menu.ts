import { useQuery } from '@tanstack/react-query';
import type { MenuItem } from '../../../../ui/menu.tsx';
import { useText } from '../../../../ui/text.tsx';
import { inboxesQuery } from '../desk-queries.ts';
import { channels, type Filters, priorities } from '../filters.ts';
import type { Address } from '../use-address.ts';

/** One choice of each kind; choosing it again takes it off. */
export function useFilterMenu({ filters, filter }: Address): MenuItem[] {
  const t = useText();
  const { data: inboxes = [] } = useQuery(inboxesQuery);
  const choice = (change: Filters, label: string): MenuItem => {
    const [[name, value] = []] = Object.entries(change);
    const checked = filters[name as keyof Filters] === value;
    return { label, checked, onSelect: () => filter(checked ? { [String(name)]: undefined } : change) };
  };
  return [
    { kind: 'heading', label: t('ticket.channel') },
    ...channels.map((channel) => choice({ channel }, t(`ticket.channel.${channel}`))),
    { kind: 'heading', label: t('ticket.priority') },
    ...priorities.map((priority) => choice({ priority }, t(`ticket.priority.${priority}`))),
    ...(inboxes.length > 0 ? [{ kind: 'heading', label: t('ticket.inbox') } as const] : []),
    ...inboxes.map((inbox) => choice({ inbox: inbox.id }, inbox.name)),
  ];
}

export function useFilterWords(filters: Filters): { name: keyof Filters; label: string }[] {
  const t = useText();
  const { data: inboxes = [] } = useQuery(inboxesQuery);
  const inbox = inboxes.find((one) => one.id === filters.inbox)?.name ?? `#${filters.inbox}`;
  const words: { name: keyof Filters; label: string | undefined }[] = [
    { name: 'channel', label: filters.channel && t(`ticket.channel.${filters.channel}`) },
    { name: 'priority', label: filters.priority && t(`ticket.priority.${filters.priority}`) },
    { name: 'inbox', label: filters.inbox === undefined ? undefined : inbox },
    { name: 'tag', label: filters.tag && t('inbox.tagged', { tag: filters.tag }) },
  ];
  return words.flatMap(({ name, label }) => (label ? [{ name, label }] : []));
}
