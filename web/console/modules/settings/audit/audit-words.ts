import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { auditEntryShape } from '../../../../../server/modules/auth/contract.ts';
import { i18n } from '../../../../ui/language.ts';
import { useText } from '../../../../ui/text.tsx';
import {
  fieldsQuery,
  inboxesQuery,
  policiesQuery,
  schedulesQuery,
  staffQuery,
  teamsQuery,
} from '../settings-queries.ts';

export type AuditEntry = z.infer<typeof auditEntryShape>;
type Named = readonly { id: number; name: string }[];

/** Numbers for programs; nobody reads them. */
const unread = new Set(['credentialId', 'linkId', 'identityId', 'definition', 'purpose', 'policyIds', 'key']);

/** Where the words for a value of that name are. */
const valueIds: Record<string, readonly string[]> = {
  cause: ['settings.mail.cause.'],
  reason: ['settings.audit.reason.', 'settings.mail.cause.'],
  role: ['shell.role.'],
  kind: ['settings.fields.kind.', 'settings.channel.'],
  scopes: ['settings.scope.'],
  ticketScope: ['settings.people.scope.'],
  'desk.weekStart': ['settings.week.'],
  'demo.made': ['settings.demo.'],
};

const settingIds: Record<string, string> = {
  'desk.name': 'settings.name',
  'desk.timeZone': 'settings.desk.zone',
  'desk.locale': 'settings.desk.locale',
  'desk.weekStart': 'settings.desk.week',
  'desk.firstSteps': 'settings.desk.first_steps',
  'tickets.closeAfterDays': 'settings.desk.close_days',
  'demo.made': 'settings.demo',
};

/** Says what an entry of the trail tells; names of people, teams and the like come from the desk's lists. */
export function useAuditWords() {
  const t = useText();
  const lists = useNamed();
  /** A word of ours when there is one, else as the log has it. */
  const known = (id: string, otherwise: string, values?: Record<string, unknown>): string =>
    id in i18n.messages ? t(id, values) : otherwise;
  const valueWords = (name: string, value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off');
    if (value === null) return t('settings.none');
    if (typeof value !== 'string') return JSON.stringify(value);
    const id = (valueIds[name] ?? []).map((prefix) => prefix + value).find((one) => one in i18n.messages);
    return id ? t(id) : value;
  };
  const factWords = ([name, value]: [string, unknown]): string => {
    const found = lists[name]?.find(({ id }) => id === value)?.name;
    if (found) return found;
    if (typeof value === 'number')
      return known(`settings.audit.fact.${name}`, `${name}: ${value}`, { id: String(value) });
    if (Array.isArray(value)) return name === 'scopes' ? listWords(name, value) : fieldsWords(value);
    return isChange(value) ? changeWords(name, value) : valueWords(name, value);
  };
  const listWords = (name: string, list: readonly unknown[]): string =>
    list.map((one) => valueWords(name, one)).join(', ');
  const fieldsWords = (fields: readonly unknown[]): string => {
    const names = fields.map((one) => known(`settings.audit.field.${one}`, String(one)));
    return t('settings.audit.fields', { fields: names.join(', ') });
  };
  const changeWords = (name: string, { from, to }: { from: unknown; to: unknown }): string =>
    `${known(settingIds[name] ?? `settings.audit.field.${name}`, name)}: ${t('ui.from_to', { from: valueWords(name, from), to: valueWords(name, to) })}`;
  return {
    titleOf: ({ type }: AuditEntry): string =>
      known(`settings.audit.event.${type}`, type.replaceAll(/[._]/g, ' ')),
    /** What it was about, from what to what; that somebody acted on themselves need not be said twice. */
    factsOf: ({ type, data, actorId }: AuditEntry): string => {
      if (type === 'setting.changed') return changeWords(String(data.key), { from: data.from, to: data.to });
      return Object.entries(data)
        .filter(([name, value]) => value !== null && !unread.has(name))
        .filter(([name, value]) => name !== 'staffId' || value !== actorId)
        .map(factWords)
        .join(' · ');
    },
  };
}

const isChange = (value: unknown): value is { from: unknown; to: unknown } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

/** By the name under which an event speaks of them. */
function useNamed(): Record<string, Named> {
  const fields = useQuery(fieldsQuery).data?.map(({ id, title }) => ({ id, name: title }));
  return {
    staffId: useQuery(staffQuery).data ?? [],
    teamId: useQuery(teamsQuery).data ?? [],
    inboxId: useQuery(inboxesQuery).data ?? [],
    scheduleId: useQuery(schedulesQuery).data ?? [],
    policyId: useQuery(policiesQuery).data ?? [],
    fieldId: fields ?? [],
  };
}
