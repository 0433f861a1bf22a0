import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { useText } from '../../../../ui/text.tsx';
import { RecordList, RecordRow } from '../editing/record-list.tsx';
import { Section } from '../section.tsx';
import { type Inbox, inboxesQuery, teamsQuery } from '../settings-queries.ts';
import { InboxDialog } from './inbox-dialog.tsx';

/** The addresses customers write to, each with its team, hours, signature and language. */
export function InboxesSection() {
  const t = useText();
  const inboxes = useQuery(inboxesQuery);
  const teams = useQuery(teamsQuery).data ?? [];
  const [open, setOpen] = useState<Inbox | 'new' | null>(null);
  const teamOf = ({ teamId }: Inbox) => teams.find(({ id }) => id === teamId)?.name;
  return (
    <Section title={t('settings.inboxes')} text={t('settings.inboxes.text')}>
      <RecordList
        query={inboxes}
        keyOf={({ id }) => id}
        empty={t('settings.inboxes.empty')}
        add={{ label: t('settings.inboxes.add'), onAdd: () => setOpen('new') }}
        row={(inbox) => (
          <RecordRow
            name={inbox.name}
            meta={<bdi>{[...inbox.addresses, teamOf(inbox)].filter(Boolean).join(' · ')}</bdi>}
            mark={!inbox.active && <Badge>{t('settings.off')}</Badge>}
            onOpen={() => setOpen(inbox)}
          />
        )}
      />
      {open && <InboxDialog inbox={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
