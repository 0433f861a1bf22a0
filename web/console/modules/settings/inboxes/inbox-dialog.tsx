import { useQuery } from '@tanstack/react-query';
import { localeNames, locales } from '../../../../../i18n/locales.ts';
import { queryClient } from '../../../../api/client.ts';
import { request } from '../../../../api/request.ts';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { choiceOf, idOrNull, none, orNull } from '../editing/choice.ts';
import { RecordDialog } from '../editing/record-dialog.tsx';
import type { Kept, RecordForm } from '../editing/use-record-form.ts';
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

function keptOf(inbox: Inbox | null | undefined): Kept<Draft> {
  if (!inbox) return { draft: fresh };
  const { name, teamId, scheduleId, signature, language, defaultPriority, acknowledge, active } = inbox;
  return {
    version: inbox.version,
    draft: {
      name,
      addresses: inbox.addresses.join('\n'),
      teamId,
      scheduleId,
      signature,
      language,
      defaultPriority,
      acknowledge,
      active,
    },
  };
}

export function InboxDialog({ inbox, onClose }: { inbox: Inbox | null; onClose: () => void }) {
  const t = useText();
  const save = (draft: Draft, version: number | undefined) => {
    const body = { ...draft, addresses: draft.addresses.split(/[\s,;]+/).filter(Boolean) };
    return inbox
      ? request('PATCH', `/inboxes/${inbox.id}`, { body: { ...body, version } })
      : request('POST', '/inboxes', { body });
  };
  const reread = async () => {
    const list = await queryClient.fetchQuery(inboxesQuery);
    return keptOf(list.find(({ id }) => id === inbox?.id));
  };
  return (
    <RecordDialog<Draft>
      title={inbox?.name ?? t('settings.inboxes.add')}
      kept={keptOf(inbox)}
      save={save}
      reread={reread}
      onClose={onClose}
      labels={{
        name: t('settings.name'),
        addresses: t('settings.inboxes.addresses'),
        signature: t('settings.inboxes.signature'),
        teamId: t('settings.team'),
        scheduleId: t('settings.hours'),
        language: t('settings.language'),
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
