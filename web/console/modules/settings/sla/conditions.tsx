import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { localeNames, locales } from '../../../../../i18n/locales.ts';
import type { Condition } from '../../../../../server/modules/sla/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { CheckList } from '../editing/check-list.tsx';
import { inboxesQuery, teamsQuery } from '../settings-queries.ts';

const fields = [
  'channel',
  'inbox',
  'team',
  'priority',
  'type',
  'tier',
  'language',
  'ticket_tag',
  'customer_tag',
  'organization',
  'customer',
] as const;
type FieldName = (typeof fields)[number];
type Value = string | number | null;

type ConditionsProps = {
  conditions: Condition[];
  onChange: (conditions: Condition[]) => void;
  error?: string;
};

/** Whom a policy holds for: all of these, or everyone when there are none. */
export function Conditions({ conditions, onChange, error }: ConditionsProps) {
  const t = useText();
  const replace = (at: number, next: Condition) =>
    onChange(conditions.map((one, index) => (index === at ? next : one)));
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-dense font-strong text-ink-2">{t('settings.sla.filter')}</legend>
      {conditions.length === 0 && <p className="text-ink-2">{t('settings.sla.everyone')}</p>}
      {conditions.map((condition, index) => (
        <ConditionRow
          key={placeOf(index)}
          condition={condition}
          onChange={(next) => replace(index, next)}
          onDrop={() => onChange(conditions.filter((_, at) => at !== index))}
        />
      ))}
      {error && (
        <p role="alert" className="text-dense text-late">
          {error}
        </p>
      )}
      <div>
        <Button
          icon={Plus}
          onClick={() => onChange([...conditions, conditionOf('channel', 'any_of', ['email'])])}
        >
          {t('settings.sla.filter.add')}
        </Button>
      </div>
    </fieldset>
  );
}

const placeOf = (index: number) => `condition-${index}`;

/** The desk checks that values suit their field, and answers at the field when they do not. */
const conditionOf = (field: FieldName, op: Condition['op'], values: Value[]) =>
  ({ field, op, values }) as Condition;

type RowProps = { condition: Condition; onChange: (condition: Condition) => void; onDrop: () => void };

function ConditionRow({ condition, onChange, onDrop }: RowProps) {
  const t = useText();
  const { field, op } = condition;
  const values = condition.values as Value[];
  const choices = useChoicesOf(field);
  return (
    <div className="grid gap-2 rounded-md bg-sunken p-3">
      <div className="flex items-center gap-2">
        <Select
          label={t('settings.sla.field')}
          labelHidden
          value={field}
          onChange={(next: FieldName) => onChange(conditionOf(next, op, []))}
          options={fields.map((value) => ({ value, label: t(`settings.sla.field.${value}`) }))}
          className="w-44"
        />
        <Select
          label={t('settings.sla.op')}
          labelHidden
          value={op}
          onChange={(next: Condition['op']) => onChange(conditionOf(field, next, values))}
          options={(['any_of', 'none_of'] as const).map((value) => ({
            value,
            label: t(`settings.sla.op.${value}`),
          }))}
          className="w-36"
        />
        <span className="ms-auto" />
        <IconButton icon={X} label={t('settings.sla.filter.drop')} onClick={onDrop} />
      </div>
      {choices ? (
        <CheckList
          label={t(`settings.sla.field.${field}`)}
          options={choices}
          value={values.filter((value) => value !== null)}
          onChange={(next) => onChange(conditionOf(field, op, next))}
        />
      ) : (
        <TextField
          label={t(`settings.sla.field.${field}`)}
          hint={t('settings.sla.values.hint')}
          value={values.join(', ')}
          onChange={(text) => onChange(conditionOf(field, op, parseValues(field, text)))}
        />
      )}
    </div>
  );
}

function parseValues(field: FieldName, text: string): Value[] {
  const parts = text.split(',').map((part) => part.trimStart());
  const kept = parts.filter((part, index) => part !== '' || index === parts.length - 1);
  const ids = field === 'customer' || field === 'organization';
  return kept.length === 1 && kept[0] === ''
    ? []
    : kept.map((part) => (ids && /^\d+$/.test(part) ? Number(part) : part));
}

function useChoicesOf(field: FieldName): { value: string | number; label: string }[] | null {
  const t = useText();
  const teams = useQuery(teamsQuery).data ?? [];
  const inboxes = useQuery(inboxesQuery).data ?? [];
  const worded = (list: readonly string[], area: string) =>
    list.map((value) => ({ value, label: t(`${area}.${value}`) }));
  const named = (list: { id: number; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  switch (field) {
    case 'channel':
      return worded(['email', 'phone', 'chat', 'form', 'social', 'sms', 'api'], 'dashboard.channel');
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
}
