import { useMutation, useQuery } from '@tanstack/react-query';
import { type Locale, localeNames, locales } from '../../../../../i18n/locales.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import type { Role } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { toast } from '../../../../ui/toast.ts';
import { CheckList } from '../editing/check-list.tsx';
import { RecordDialog } from '../editing/record-dialog.tsx';
import type { RecordForm } from '../editing/use-record-form.ts';
import { type Staff, staffQuery, teamsQuery } from '../settings-queries.ts';
import { moveMembers } from './move-members.ts';

type Draft = Pick<Staff, 'name' | 'email' | 'role' | 'ticketScope' | 'active' | 'locale' | 'teamIds'>;

const fresh: Draft = {
  name: '',
  email: '',
  role: 'agent',
  ticketScope: 'all',
  active: true,
  locale: 'en',
  teamIds: [],
};

function draftOf(person: Staff | null): Draft {
  if (!person) return fresh;
  const { name, email, role, ticketScope, active, locale, teamIds } = person;
  return { name, email, role, ticketScope, active, locale, teamIds };
}

/** Somebody new joins teams with the invitation; later the teams are changed one by one. */
function bodyOf({ teamIds, active, ...rest }: Draft, person: Staff | null) {
  return person ? { ...rest, active } : { ...rest, teamIds };
}

export function PersonDialog({ person, onClose }: { person: Staff | null; onClose: () => void }) {
  const t = useText();
  const invite = useMutation({
    mutationFn: () => request('POST', `/staff/${person?.id}/password-link`),
    onSuccess: () => toast(t('settings.people.link_sent')),
    onError: (error) => toast(wordsOf(error, t), { tone: 'failed' }),
  });
  return (
    <RecordDialog<Staff, Draft>
      title={person?.name ?? t('settings.people.add')}
      description={person ? undefined : t('settings.people.add.text')}
      record={person}
      at="/staff"
      list={staffQuery}
      draftOf={draftOf}
      bodyOf={bodyOf}
      after={async ({ id }, draft, opened) => {
        if (person)
          await moveMembers(opened.teamIds, draft.teamIds, (team) => `/teams/${team}/members/${id}`);
      }}
      onClose={onClose}
      said={{
        name: t('settings.people.name'),
        email: t('settings.people.email'),
        role: [t('settings.people.role'), (role) => t(`shell.role.${role}`)],
        ticketScope: [t('settings.people.scope'), (scope) => t(`settings.people.scope.${scope}`)],
        locale: [t('settings.language'), (locale) => localeNames[locale]],
        active: [t('settings.people.active'), (active) => t(active ? 'settings.on' : 'settings.off')],
      }}
      aside={
        person && (
          <Button busy={invite.isPending} onClick={() => invite.mutate()}>
            {t('settings.people.link')}
          </Button>
        )
      }
    >
      {(form) => <PersonFields form={form} known={person !== null} />}
    </RecordDialog>
  );
}

const roles: Role[] = ['agent', 'lead', 'manager', 'admin'];

function PersonFields({ form: { draft, set, fault }, known }: { form: RecordForm<Draft>; known: boolean }) {
  const t = useText();
  const teams = useQuery(teamsQuery).data ?? [];
  return (
    <>
      <TextField
        label={t('settings.people.name')}
        value={draft.name}
        onChange={(name) => set({ name })}
        error={fault('name')}
      />
      <TextField
        label={t('settings.people.email')}
        type="email"
        dir="ltr"
        value={draft.email}
        onChange={(email) => set({ email })}
        error={fault('email')}
      />
      <div className="grid gap-4 tablet:grid-cols-2">
        <Select
          label={t('settings.people.role')}
          value={draft.role}
          onChange={(role: Role) => set({ role })}
          options={roles.map((value) => ({ value, label: t(`shell.role.${value}`) }))}
          error={fault('role')}
        />
        <Select
          label={t('settings.language')}
          value={draft.locale}
          onChange={(locale: Locale) => set({ locale })}
          options={locales.map((value) => ({ value, label: localeNames[value], lang: value }))}
        />
      </div>
      <Select
        label={t('settings.people.scope')}
        hint={t(`settings.people.scope.${draft.ticketScope}.hint`)}
        value={draft.ticketScope}
        onChange={(ticketScope: Draft['ticketScope']) => set({ ticketScope })}
        options={(['all', 'teams'] as const).map((value) => ({
          value,
          label: t(`settings.people.scope.${value}`),
        }))}
      />
      <CheckList
        label={t('settings.teams')}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.teamIds}
        onChange={(teamIds) => set({ teamIds })}
        empty={t('settings.teams.empty')}
      />
      {known && (
        <Checkbox
          label={t('settings.people.active')}
          hint={t('settings.people.active.hint')}
          checked={draft.active}
          onChange={(active) => set({ active })}
        />
      )}
    </>
  );
}
