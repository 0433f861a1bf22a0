import { useQuery } from '@tanstack/react-query';
import { type Locale, localeNames, locales } from '../../../../../i18n/locales.ts';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Combobox } from '../../../../ui/combobox.tsx';
import { deskName } from '../../../../ui/desk-name.ts';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { listTimeZones } from '../../auth/time-zones.ts';
import { differing } from '../editing/changes.ts';
import { FormFault } from '../editing/form-fault.tsx';
import { useRecordForm } from '../editing/use-record-form.ts';
import { Section } from '../section.tsx';
import { type DeskSettings, deskQuery } from '../settings-queries.ts';

const weekStarts = ['monday', 'sunday', 'saturday'] as const;

/** What the desk is called, on which clock and week its figures are cut, and when solved tickets close. */
export function DeskSection() {
  const { data } = useQuery(deskQuery);
  return data ? <DeskForm settings={data} /> : null;
}

function DeskForm({ settings }: { settings: DeskSettings }) {
  const t = useText();
  const form = useRecordForm<DeskSettings>({
    kept: settings,
    save: async (draft) => {
      const body = differing(settings, draft);
      deskName.set((await request<DeskSettings>('PATCH', '/settings', { body })).name);
    },
  });
  const { draft, set, fault } = form;
  return (
    <form
      noValidate
      className="grid gap-10"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <Section title={t('settings.desk')} text={t('settings.desk.text')}>
        <div className="grid max-w-sm gap-4">
          <FormFault form={form} said={{}} />
          <TextField
            label={t('settings.name')}
            value={draft.name}
            onChange={(name) => set({ name })}
            error={fault('name')}
          />
          <Select
            label={t('settings.desk.locale')}
            value={draft.locale}
            onChange={(locale: Locale) => set({ locale })}
            options={locales.map((value) => ({ value, label: localeNames[value], lang: value }))}
          />
          <Checkbox
            label={t('settings.desk.first_steps')}
            checked={draft.firstSteps}
            onChange={(firstSteps) => set({ firstSteps })}
          />
        </div>
      </Section>
      <Section title={t('settings.desk.clock')} text={t('settings.desk.clock.text')}>
        <div className="grid max-w-sm gap-4">
          <Combobox
            label={t('settings.desk.zone')}
            value={draft.timeZone}
            onChange={(timeZone) => set({ timeZone })}
            options={listTimeZones()}
            error={fault('timeZone')}
          />
          <Select
            label={t('settings.desk.week')}
            value={draft.weekStart}
            onChange={(weekStart) => set({ weekStart })}
            options={weekStarts.map((value) => ({ value, label: t(`settings.week.${value}`) }))}
          />
        </div>
      </Section>
      <Section title={t('settings.desk.closing')} text={t('settings.desk.closing.text')}>
        <div className="grid max-w-sm gap-4">
          <TextField
            type="number"
            min={1}
            max={365}
            label={t('settings.desk.close_days')}
            value={String(draft.closeAfterDays)}
            onChange={(days) => set({ closeAfterDays: Number(days) })}
            error={fault('closeAfterDays')}
          />
          <div>
            <Button kind="primary" type="submit" busy={form.busy} disabled={!form.dirty}>
              {t('ui.save')}
            </Button>
          </div>
        </div>
      </Section>
    </form>
  );
}
