import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { useText } from '../../../../ui/text.tsx';
import { RecordList, RecordRow } from '../editing/record-list.tsx';
import { Section } from '../section.tsx';
import { type Staff, staffQuery, type Team, teamsQuery } from '../settings-queries.ts';
import { PersonDialog } from './person-dialog.tsx';
import { TeamDialog } from './team-dialog.tsx';

/** Who works here, in which teams, and what each may see. */
export function PeopleSection() {
  const t = useText();
  const staff = useQuery(staffQuery);
  const teams = useQuery(teamsQuery);
  const [person, setPerson] = useState<Staff | 'new' | null>(null);
  const [team, setTeam] = useState<Team | 'new' | null>(null);
  const teamNames = ({ teamIds }: Staff) =>
    (teams.data ?? []).filter(({ id }) => teamIds.includes(id)).map(({ name }) => name);
  return (
    <div className="grid gap-10">
      <Section title={t('settings.people')} text={t('settings.people.text')}>
        <RecordList
          query={staff}
          keyOf={({ id }) => id}
          empty={t('settings.people.empty')}
          add={{ label: t('settings.people.add'), onAdd: () => setPerson('new') }}
          row={(one) => (
            <RecordRow
              name={one.name}
              meta={<bdi>{[t(`shell.role.${one.role}`), one.email, ...teamNames(one)].join(' · ')}</bdi>}
              mark={
                <>
                  {!one.hasPassword && one.active && <Badge>{t('settings.people.invited')}</Badge>}
                  {!one.active && <Badge>{t('settings.off')}</Badge>}
                </>
              }
              onOpen={() => setPerson(one)}
            />
          )}
        />
      </Section>
      <Section title={t('settings.teams')} text={t('settings.teams.text')}>
        <RecordList
          query={teams}
          keyOf={({ id }) => id}
          empty={t('settings.teams.empty')}
          add={{ label: t('settings.teams.add'), onAdd: () => setTeam('new') }}
          row={(one) => (
            <RecordRow
              name={one.name}
              meta={[one.description, t('settings.teams.members', { n: one.memberIds.length })]
                .filter(Boolean)
                .join(' · ')}
              onOpen={() => setTeam(one)}
            />
          )}
        />
      </Section>
      {person && <PersonDialog person={person === 'new' ? null : person} onClose={() => setPerson(null)} />}
      {team && <TeamDialog team={team === 'new' ? null : team} onClose={() => setTeam(null)} />}
    </div>
  );
}
