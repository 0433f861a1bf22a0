import { Combobox } from '../../../../ui/combobox.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { useMe } from '../../../shell/use-me.ts';
import { listTimeZones } from '../../auth/time-zones.ts';
import { RecordDialog } from '../editing/record-dialog.tsx';
import { RemoveButton } from '../editing/remove-button.tsx';
import type { RecordForm } from '../editing/use-record-form.ts';
import { type Schedule, schedulesQuery } from '../settings-queries.ts';
import { dateOf, keptDates } from './dates-in.ts';
import { DaysOff } from './days-off.tsx';
import { OpenNow } from './open-now.tsx';
import { WeekHours } from './week-hours.tsx';

type Definition = Schedule['definition'];
type Draft = { name: string; tz: string; hours: Definition['hours']; holidays: string[] };

const nine: [string, string][] = [['09:00', '18:00']];
const fresh = (tz: string): Draft => ({
  name: '',
  tz,
  hours: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
  holidays: [],
});

const draftOf = ({ name, definition: { tz, hours, holidays } }: Schedule): Draft => ({
  name,
  tz,
  hours,
  holidays,
});

export function ScheduleDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const t = useText();
  const { timeZone } = useMe().desk;
  return (
    <RecordDialog<Schedule, Draft>
      wide
      title={schedule?.name ?? t('settings.hours.add')}
      description={t('settings.hours.from_now')}
      record={schedule}
      at="/schedules"
      list={schedulesQuery}
      draftOf={(known) => (known ? draftOf(known) : fresh(timeZone))}
      bodyOf={({ name, ...rest }, known) => ({ name, definition: definitionOf(rest, known?.definition) })}
      onClose={onClose}
      said={{
        name: t('settings.name'),
        tz: t('settings.desk.zone'),
        hours: [t('settings.hours.week'), writeHours],
        holidays: [t('settings.hours.holidays'), (days) => days.join('\n')],
      }}
      aside={schedule && <RemoveButton path={`/schedules/${schedule.id}`} onRemoved={onClose} />}
    >
      {(form) => <ScheduleFields form={form} before={schedule?.definition} />}
    </RecordDialog>
  );
}

const writeHours = (hours: Draft['hours']): string =>
  Object.entries(hours)
    .map(([day, intervals]) => `${day} ${(intervals ?? []).map((one) => one.join('–')).join(', ')}`)
    .join('\n');

/** Shifts and breaks of single dates are kept as they are. */
function definitionOf(
  { tz, hours, holidays }: Omit<Draft, 'name'>,
  before: Definition | undefined,
): Definition {
  return {
    tz,
    hours,
    holidays: keptDates(holidays),
    shifts: before?.shifts ?? {},
    breaks: before?.breaks ?? {},
  };
}

function ScheduleFields({ form, before }: { form: RecordForm<Draft>; before: Definition | undefined }) {
  const t = useText();
  const { draft, set, fault } = form;
  return (
    <>
      <div className="grid gap-4 tablet:grid-cols-2">
        <TextField
          label={t('settings.name')}
          value={draft.name}
          onChange={(name) => set({ name })}
          error={fault('name')}
        />
        <Combobox
          label={t('settings.desk.zone')}
          value={draft.tz}
          onChange={(tz) => set({ tz })}
          options={listTimeZones()}
          error={fault('tz', 'definition.tz')}
        />
      </div>
      <WeekHours
        hours={draft.hours}
        onChange={(hours) => set({ hours })}
        faultAt={(place) => fault('hours', place ? `definition.hours.${place}` : 'definition.hours')}
      />
      <DaysOff days={draft.holidays} onChange={(holidays) => set({ holidays })} />
      <p>
        <span className="me-2 text-dense text-ink-2">{t('settings.hours.preview')}</span>
        <OpenNow definition={definitionOf({ ...draft, holidays: draft.holidays.filter(dateOf) }, before)} />
      </p>
    </>
  );
}
