import { queryClient } from '../../../../api/client.ts';
import { request } from '../../../../api/request.ts';
import { Combobox } from '../../../../ui/combobox.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { useMe } from '../../../shell/use-me.ts';
import { listTimeZones } from '../../auth/time-zones.ts';
import { RecordDialog } from '../editing/record-dialog.tsx';
import { RemoveButton } from '../editing/remove-button.tsx';
import type { Kept, RecordForm } from '../editing/use-record-form.ts';
import { type Schedule, schedulesQuery } from '../settings-queries.ts';
import { OpenNow } from './open-now.tsx';
import { WeekHours } from './week-hours.tsx';

type Definition = Schedule['definition'];
type Draft = { name: string; tz: string; hours: Definition['hours']; holidays: string };

const nine: [string, string][] = [['09:00', '18:00']];
const fresh = (tz: string): Draft => ({
  name: '',
  tz,
  hours: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
  holidays: '',
});

function keptOf(schedule: Schedule | null | undefined, tz: string): Kept<Draft> {
  if (!schedule) return { draft: fresh(tz) };
  const { name, definition, version } = schedule;
  return {
    version,
    draft: { name, tz: definition.tz, hours: definition.hours, holidays: definition.holidays.join('\n') },
  };
}

export function ScheduleDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const t = useText();
  const { timeZone } = useMe().desk;
  const save = ({ name, ...rest }: Draft, version: number | undefined) => {
    const body = { name, definition: definitionOf(rest, schedule?.definition) };
    return schedule
      ? request('PATCH', `/schedules/${schedule.id}`, { body: { ...body, version } })
      : request('POST', '/schedules', { body });
  };
  return (
    <RecordDialog<Draft>
      wide
      title={schedule?.name ?? t('settings.hours.add')}
      description={t('settings.hours.from_now')}
      kept={keptOf(schedule, timeZone)}
      save={save}
      reread={async () =>
        keptOf(
          (await queryClient.fetchQuery(schedulesQuery)).find(({ id }) => id === schedule?.id),
          timeZone,
        )
      }
      onClose={onClose}
      labels={{
        name: t('settings.name'),
        tz: t('settings.desk.zone'),
        hours: t('settings.hours.week'),
        holidays: t('settings.hours.holidays'),
      }}
      aside={schedule && <RemoveButton path={`/schedules/${schedule.id}`} onRemoved={onClose} />}
    >
      {(form) => <ScheduleFields form={form} before={schedule?.definition} />}
    </RecordDialog>
  );
}

/** Shifts and breaks of single dates are kept as they are. */
function definitionOf(
  { tz, hours, holidays }: Omit<Draft, 'name'>,
  before: Definition | undefined,
): Definition {
  const dates = [...new Set(holidays.split(/[\s,;]+/).filter(Boolean))].sort();
  return { tz, hours, holidays: dates, shifts: before?.shifts ?? {}, breaks: before?.breaks ?? {} };
}

function ScheduleFields({ form, before }: { form: RecordForm<Draft>; before: Definition | undefined }) {
  const t = useText();
  const { draft, set, fault } = form;
  const wrong = fault('hours') ?? faultIn(form, 'definition.hours');
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
        />
      </div>
      <WeekHours hours={draft.hours} onChange={(hours) => set({ hours })} error={wrong} />
      <TextArea
        label={t('settings.hours.holidays')}
        hint={t('settings.hours.holidays.hint')}
        rows={3}
        dir="ltr"
        value={draft.holidays}
        onChange={(holidays) => set({ holidays })}
        error={faultIn(form, 'definition.holidays')}
      />
      <p>
        <span className="me-2 text-dense text-ink-2">{t('settings.hours.preview')}</span>
        <OpenNow definition={definitionOf(draft, before)} />
      </p>
    </>
  );
}

/** The API's path into the definition is deeper than the draft's. */
function faultIn(form: RecordForm<Draft>, path: string): string | undefined {
  const error = form.error as { fields?: Record<string, string> } | null;
  const found = Object.entries(error?.fields ?? {}).find(
    ([key]) => key === path || key.startsWith(`${path}.`),
  );
  return found && `${found[0].slice('definition.'.length)}: ${found[1]}`;
}
