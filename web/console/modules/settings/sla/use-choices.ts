import { useQuery } from '@tanstack/react-query';
import { localeNames, locales } from '../../../../../i18n/locales.ts';
import { useText } from '../../../../ui/text.tsx';
import { inboxesQuery, teamsQuery } from '../settings-queries.ts';

type Choice = { value: string | number; label: string };

/** What a condition on a field can name; null where values are written by hand. */
export function useChoices(): (field: string) => Choice[] | null {
  const t = useText();
  const teams = useQuery(teamsQuery).data ?? [];
  const inboxes = useQuery(inboxesQuery).data ?? [];
  const worded = (list: readonly string[], area: string) =>
    list.map((value) => ({ value, label: t(`${area}.${value}`) }));
  const named = (list: { id: number; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  return (field) => {
    switch (field) {
      case 'channel':
        return worded(['email', 'phone', 'chat', 'form', 'social', 'sms', 'api'], 'settings.channel');
      case 'priority':
        return worded(['low', 'normal', 'high', 'urgent'], 'settings.priority');
      case 'type':
        return worded(['question', 'incident', 'problem', 'task'], 'settings.type');
      case 'tier':
        return [1, 2, 3, 4].map((value) => ({ value, label: String(value) }));
      case 'language':
        return locales.map((value) => ({ value, label: localeNames[value] }));
      case 'team':
        return named(teams);
      case 'inbox':
        return named(inboxes);
      default:
        return null;
    }
  };
}
