import { useQuery } from '@tanstack/react-query';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { CheckList } from '../editing/check-list.tsx';
import { RecordDialog } from '../editing/record-dialog.tsx';
import { RemoveButton } from '../editing/remove-button.tsx';
import { staffQuery, type Team, teamsQuery } from '../settings-queries.ts';
import { moveMembers } from './move-members.ts';

type Draft = Pick<Team, 'name' | 'description' | 'memberIds'>;

function draftOf(team: Team | null): Draft {
  if (!team) return { name: '', description: '', memberIds: [] };
  const { name, description, memberIds } = team;
  return { name, description, memberIds };
}

export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const t = useText();
  const staff = useQuery(staffQuery).data ?? [];
  return (
    <RecordDialog<Team, Draft>
      title={team?.name ?? t('settings.teams.add')}
      record={team}
      at="/teams"
      list={teamsQuery}
      draftOf={draftOf}
      bodyOf={({ name, description }) => ({ name, description })}
      after={({ id }, draft, opened) =>
        moveMembers(opened.memberIds, draft.memberIds, (staffId) => `/teams/${id}/members/${staffId}`)
      }
      onClose={onClose}
      said={{ name: t('settings.name'), description: t('settings.description') }}
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
