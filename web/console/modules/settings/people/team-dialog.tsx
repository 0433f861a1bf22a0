import { useQuery } from '@tanstack/react-query';
import { queryClient } from '../../../../api/client.ts';
import { request } from '../../../../api/request.ts';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { CheckList } from '../editing/check-list.tsx';
import { RecordDialog } from '../editing/record-dialog.tsx';
import { RemoveButton } from '../editing/remove-button.tsx';
import type { Kept } from '../editing/use-record-form.ts';
import { staffQuery, type Team, teamsQuery } from '../settings-queries.ts';

type Draft = Pick<Team, 'name' | 'description' | 'memberIds'>;

function keptOf(team: Team | null | undefined): Kept<Draft> {
  if (!team) return { draft: { name: '', description: '', memberIds: [] } };
  const { name, description, memberIds, version } = team;
  return { version, draft: { name, description, memberIds } };
}

export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const t = useText();
  const staff = useQuery(staffQuery).data ?? [];
  return (
    <RecordDialog<Draft>
      title={team?.name ?? t('settings.teams.add')}
      kept={keptOf(team)}
      save={(draft, version) => saveTeam(team, draft, version)}
      reread={async () =>
        keptOf((await queryClient.fetchQuery(teamsQuery)).find(({ id }) => id === team?.id))
      }
      onClose={onClose}
      labels={{ name: t('settings.name'), description: t('settings.description') }}
      aside={team && <RemoveButton path={`/teams/${team.id}`} onRemoved={onClose} />}
    >
      {({ draft, set, fault }) => (
        <>
          <TextField
            label={t('settings.name')}
            value={draft.name}
            onChange={(name) => set({ name })}
            error={fault('name')}
          />
          <TextArea
            label={t('settings.description')}
            rows={2}
            value={draft.description}
            onChange={(description) => set({ description })}
            error={fault('description')}
          />
          <CheckList
            label={t('settings.teams.who')}
            options={staff.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.memberIds}
            onChange={(memberIds) => set({ memberIds })}
          />
        </>
      )}
    </RecordDialog>
  );
}

async function saveTeam(team: Team | null, { memberIds, ...draft }: Draft, version: number | undefined) {
  const saved = team
    ? await request<Team>('PATCH', `/teams/${team.id}`, { body: { ...draft, version } })
    : await request<Team>('POST', '/teams', { body: draft });
  const before = team?.memberIds ?? [];
  for (const id of before.filter((one) => !memberIds.includes(one))) {
    await request('DELETE', `/teams/${saved.id}/members/${id}`);
  }
  for (const id of memberIds.filter((one) => !before.includes(one))) {
    await request('PUT', `/teams/${saved.id}/members/${id}`, { body: {} });
  }
}
