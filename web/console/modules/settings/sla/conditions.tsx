import { Plus, X } from 'lucide-react';
import type { Condition } from '../../../../../server/modules/sla/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { CheckList } from '../editing/check-list.tsx';
import { none } from '../editing/choice.ts';
import { useChoices } from './use-choices.ts';

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
  legend: string;
  /** Said while there are none. */
  empty: string;
  conditions: Condition[];
  onChange: (conditions: Condition[]) => void;
  faultOf: (row: number, values: Value[]) => string | undefined;
};

/** Some conditions, each a line; how they are joined is the legend's to say. */
export function Conditions({ legend, empty, conditions, onChange, faultOf }: ConditionsProps) {
  const t = useText();
  const replace = (at: number, next: Condition) =>
    onChange(conditions.map((one, index) => (index === at ? next : one)));
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-dense font-strong text-ink-2">{legend}</legend>
      {conditions.length === 0 && <p className="text-ink-2">{empty}</p>}
      {conditions.map((condition, index) => (
        <ConditionRow
          key={placeOf(index)}
          condition={condition}
          onChange={(next) => replace(index, next)}
          onDrop={() => onChange(conditions.filter((_, at) => at !== index))}
          error={faultOf(index, condition.values)}
        />
      ))}
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

type RowProps = {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onDrop: () => void;
  error: string | undefined;
};

function ConditionRow({ condition, onChange, onDrop, error }: RowProps) {
  const t = useText();
  const { field, op } = condition;
  return (
    <div className="grid gap-2 rounded-md bg-sunken p-3">
      <div className="flex items-start gap-2">
        <div className="grid flex-1 gap-2 tablet:grid-cols-[11rem_9rem]">
          <Select
            label={t('settings.sla.field')}
            labelHidden
            value={field}
            onChange={(next: FieldName) => onChange(conditionOf(next, op, []))}
            options={fields.map((value) => ({ value, label: t(`settings.sla.field.${value}`) }))}
          />
          <Select
            label={t('settings.sla.op')}
            labelHidden
            value={op}
            onChange={(next: Condition['op']) => onChange(conditionOf(field, next, condition.values))}
            options={(['any_of', 'none_of'] as const).map((value) => ({
              value,
              label: t(`settings.sla.op.${value}`),
            }))}
          />
        </div>
        <IconButton icon={X} label={t('settings.sla.filter.drop')} onClick={onDrop} />
      </div>
      <Values condition={condition} onChange={(values) => onChange(conditionOf(field, op, values))} />
      {error && (
        <p role="alert" className="text-dense text-late">
          {error}
        </p>
      )}
    </div>
  );
}

type ValuesProps = { condition: Condition; onChange: (values: Value[]) => void };

/** "None" is a value too: a ticket without a team, a priority or an organization. */
function Values({ condition, onChange }: ValuesProps) {
  const t = useText();
  const { field } = condition;
  const values: Value[] = condition.values;
  const choices = useChoices()(field);
  const nobody = nullable.has(field) ? [{ value: none, label: t('settings.none') }] : [];
  if (choices) {
    return (
      <CheckList
        label={t(`settings.sla.field.${field}`)}
        options={[...choices, ...nobody]}
        value={values.map((value) => value ?? none)}
        onChange={(next) => onChange(next.map((value) => (value === none ? null : value)))}
      />
    );
  }
  const written = values.filter((value) => value !== null);
  const withNone = values.includes(null);
  const write = (next: Value[], nullToo: boolean) => onChange(nullToo ? [...next, null] : next);
  return (
    <>
      <TextField
        label={t(`settings.sla.field.${field}`)}
        hint={t('settings.sla.values.hint')}
        value={written.join(', ')}
        onChange={(text) => write(parseValues(field, text), withNone)}
      />
      {nullable.has(field) && (
        <Checkbox label={t('settings.none')} checked={withNone} onChange={(on) => write(written, on)} />
      )}
    </>
  );
}

const nullable = new Set<FieldName>([
  'inbox',
  'team',
  'organization',
  'language',
  'priority',
  'tier',
  'type',
]);

function parseValues(field: FieldName, text: string): Value[] {
  const parts = text.split(',').map((part) => part.trimStart());
  const kept = parts.filter((part, index) => part !== '' || index === parts.length - 1);
  const ids = field === 'customer' || field === 'organization';
  return kept.length === 1 && kept[0] === ''
    ? []
    : kept.map((part) => (ids && /^\d+$/.test(part) ? Number(part) : part));
}
