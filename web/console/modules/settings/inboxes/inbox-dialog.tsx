import { useQuery } from '@tanstack/react-query';
import { isLocale, localeNames, locales } from '../../../../../i18n/locales.ts';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { choiceOf, idOrNull, none, orNull } from '../editing/choice.ts';
import { RecordDialog } from '../editing/record-dialog.tsx';
import type { RecordForm } from '../editing/use-record-form.ts';
import { type Inbox, inboxesQuery, schedulesQuery, teamsQuery } from '../settings-queries.ts';

type Draft = Pick<
  Inbox,
  'name' | 'teamId' | 'scheduleId' | 'signature' | 'language' | 'defaultPriority' | 'acknowledge' | 'active'
> & { addresses: string };

const fresh: Draft = {
  name: '',
  addresses: '',
  teamId: null,
  scheduleId: null,
  signature: '',
  language: null,
  defaultPriority: null,
  acknowledge: true,
  active: true,
};

function draftOf(inbox: Inbox | null): Draft {
  if (!inbox) return fresh;
  const { name, teamId, scheduleId, signature, language, defaultPriority, acknowledge, active } = inbox;
  const addresses = inbox.addresses.join('\n');
  return { name, addresses, teamId, scheduleId, signature, language, defaultPriority, acknowledge, active };
}

const bodyOf = (draft: Draft) => ({
  ...draft,
  addresses: draft.addresses.split(/[\s,;]+/).filter(Boolean),
});

export function InboxDialog({ inbox, onClose }: { inbox: Inbox | null; onClose: () => void }) {
  const t = useText();
  const teams = useQuery(teamsQuery).data ?? [];
  const schedules = useQuery(schedulesQuery).data ?? [];
  const nameIn = (list: { id: number; name: string }[]) => (id: number | null) =>
    list.find((one) => one.id === id)?.name ?? t('settings.none');
  const yesNo = (on: boolean) => t(on ? 'settings.on' : 'settings.off');
  return (
    <RecordDialog<Inbox, Draft>
      title={inbox?.name ?? t('settings.inboxes.add')}
      record={inbox}
      at="/inboxes"
      list={inboxesQuery}
      draftOf={draftOf}
      bodyOf={bodyOf}
      onClose={onClose}
      said={{
        name: t('settings.name'),
        addresses: t('settings.inboxes.addresses'),
        signature: t('settings.inboxes.signature'),
        teamId: [t('settings.team'), nameIn(teams)],
        scheduleId: [t('settings.hours'), nameIn(schedules)],
        language: [
          t('settings.language'),
          (value) => (isLocale(value) ? localeNames[value] : t('settings.inboxes.customers_language')),
        ],
        defaultPriority: [
          t('settings.inboxes.priority'),
          (value) => (value ? t(`settings.priority.${value}`) : t('settings.none')),
        ],
        acknowledge: [t('settings.inboxes.acknowledge'), yesNo],
        active: [t('settings.inboxes.active'), yesNo],
      }}
    >
      {(form) => <InboxFields form={form} />}
    </RecordDialog>
  );
}

const priorities = ['low', 'normal', 'high', 'urgent'];

function InboxFields({ form: { draft, set, fault } }: { form: RecordForm<Draft> }) {
  const t = useText();
  const teams = useQuery(teamsQuery).data ?? [];
  const schedules = useQuery(schedulesQuery).data ?? [];
  const nobody = { value: none, label: t('settings.none') };
  const named = (list: { id: number; name: string }[]) => [
    nobody,
    ...list.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <>
      <TextField
        label={t('settings.name')}
        value={draft.name}
        onChange={(name) => set({ name })}
        error={fault('name')}
      />
      <TextArea
        label={t('settings.inboxes.addresses')}
        hint={t('settings.inboxes.addresses.hint')}
        rows={2}
        dir="ltr"
        value={draft.addresses}
        onChange={(addresses) => set({ addresses })}
        error={fault('addresses')}
      />
      <div className="grid gap-4 tablet:grid-cols-2">
        <Select
          label={t('settings.team')}
          value={choiceOf(draft.teamId)}
          onChange={(id) => set({ teamId: idOrNull(id) })}
          options={named(teams)}
          error={fault('teamId')}
        />
        <Select
          label={t('settings.hours')}
          value={choiceOf(draft.scheduleId)}
          onChange={(id) => set({ scheduleId: idOrNull(id) })}
          options={named(schedules)}
          error={fault('scheduleId')}
        />
        <Select
          label={t('settings.language')}
          value={choiceOf(draft.language)}
          onChange={(language) => set({ language: orNull(language) })}
          options={[
            { value: none, label: t('settings.inboxes.customers_language') },
            ...locales.map((value) => ({ value, label: localeNames[value], lang: value })),
          ]}
        />
        <Select
          label={t('settings.inboxes.priority')}
          value={choiceOf(draft.defaultPriority)}
          onChange={(priority) => set({ defaultPriority: orNull(priority) })}
          options={[
            nobody,
            ...priorities.map((value) => ({ value, label: t(`settings.priority.${value}`) })),
          ]}
        />
      </div>
      <TextArea
        label={t('settings.inboxes.signature')}
        rows={4}
        value={draft.signature}
        onChange={(signature) => set({ signature })}
        error={fault('signature')}
      />
      <Checkbox
        label={t('settings.inboxes.acknowledge')}
        hint={t('settings.inboxes.acknowledge.hint')}
        checked={draft.acknowledge}
        onChange={(acknowledge) => set({ acknowledge })}
      />
      <Checkbox
        label={t('settings.inboxes.active')}
        hint={t('settings.inboxes.active.hint')}
        checked={draft.active}
        onChange={(active) => set({ active })}
      />
    </>
  );
}
