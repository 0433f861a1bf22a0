import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../../../ui/text.tsx';
import { RecordList, RecordRow } from '../editing/record-list.tsx';
import { Section } from '../section.tsx';
import { type Schedule, schedulesQuery } from '../settings-queries.ts';
import { OpenNow } from './open-now.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';

/** When the desk is open: business clocks run only then. */
export function HoursSection() {
  const t = useText();
  const schedules = useQuery(schedulesQuery);
  const [open, setOpen] = useState<Schedule | 'new' | null>(null);
  return (
    <Section title={t('settings.hours')} text={t('settings.hours.text')}>
      <RecordList
        query={schedules}
        keyOf={({ id }) => id}
        empty={t('settings.hours.empty')}
        add={{ label: t('settings.hours.add'), onAdd: () => setOpen('new') }}
        row={(schedule) => (
          <RecordRow
            name={schedule.name}
            meta={schedule.definition.tz}
            mark={<OpenNow definition={schedule.definition} />}
            onOpen={() => setOpen(schedule)}
          />
        )}
      />
      {open && <ScheduleDialog schedule={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
