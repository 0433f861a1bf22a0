import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { RecordDialog } from '../editing/record-dialog.tsx';
import { fieldsQuery, type TicketField } from '../settings-queries.ts';

type Draft = Pick<TicketField, 'key' | 'title' | 'kind' | 'active' | 'position'> & { options: string };

const kinds = [
  'text',
  'textarea',
  'checkbox',
  'date',
  'integer',
  'decimal',
  'select',
  'multiselect',
] as const;

const fresh: Draft = { key: '', title: '', kind: 'text', active: true, position: 0, options: '' };

const draftOf = (field: TicketField | null): Draft =>
  field ? { ...pick(field), options: field.options.map(writeOption).join('\n') } : fresh;

const pick = ({ key, title, kind, active, position }: TicketField) => ({
  key,
  title,
  kind,
  active,
  position,
});

function bodyOf({ key, title, kind, active, position, options }: Draft, field: TicketField | null) {
  const lines = options.split('\n').filter((line) => line.trim());
  const list = kind.endsWith('select') ? lines.map(readOption) : [];
  return field
    ? { title, active, position, options: list }
    : { key: key.trim(), title, kind, position, options: list };
}

export function FieldDialog({ field, onClose }: { field: TicketField | null; onClose: () => void }) {
  const t = useText();
  return (
    <RecordDialog<TicketField, Draft>
      title={field?.title ?? t('settings.fields.add')}
      record={field}
      at="/ticket-fields"
      list={fieldsQuery}
      draftOf={draftOf}
      bodyOf={bodyOf}
      onClose={onClose}
      said={{ title: t('settings.fields.title'), options: t('settings.fields.options') }}
    >
      {({ draft: now, set, fault }) => (
        <>
          <TextField
            label={t('settings.fields.title')}
            value={now.title}
            onChange={(title) => set({ title })}
            error={fault('title')}
          />
          <div className="grid gap-4 tablet:grid-cols-2">
            <TextField
              label={t('settings.fields.key')}
              hint={t('settings.fields.key.hint')}
              value={now.key}
              disabled={field !== null}
              onChange={(key) => set({ key })}
              error={fault('key')}
              dir="ltr"
            />
            <Select
              label={t('settings.fields.kind')}
              value={now.kind}
              disabled={field !== null}
              onChange={(kind: Draft['kind']) => set({ kind })}
              options={kinds.map((value) => ({ value, label: t(`settings.fields.kind.${value}`) }))}
            />
          </div>
          {now.kind.endsWith('select') && (
            <TextArea
              label={t('settings.fields.options')}
              hint={t('settings.fields.options.hint')}
              value={now.options}
              onChange={(options) => set({ options })}
              error={fault('options')}
            />
          )}
          {field && (
            <Checkbox
              label={t('settings.fields.active')}
              checked={now.active}
              onChange={(active) => set({ active })}
            />
          )}
        </>
      )}
    </RecordDialog>
  );
}

const writeOption = ({ value, label }: TicketField['options'][number]) =>
  value === label ? label : `${value} = ${label}`;

function readOption(line: string): TicketField['options'][number] {
  const [value = '', ...rest] = line.split('=').map((part) => part.trim());
  return { value, label: rest.join('=') || value };
}
