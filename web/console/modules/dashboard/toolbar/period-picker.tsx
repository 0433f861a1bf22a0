import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { addDays, type PeriodName, periodNames } from '../periods.ts';
import type { DashboardState } from '../use-dashboard.ts';

/** The days that are shown, by name or from a day to a day. */
export function PeriodPicker({ state }: { state: DashboardState }) {
  const t = useText();
  const [choosing, setChoosing] = useState(false);
  const choose = (period: PeriodName) => {
    if (period === 'custom') setChoosing(true);
    else state.change({ period, from: undefined, to: undefined });
  };
  return (
    <>
      <Select
        label={t('dashboard.period')}
        labelHidden
        value={state.period}
        onChange={choose}
        options={periodNames.map((value) => ({ value, label: t(`dashboard.period.${value}`) }))}
        className="w-40"
      />
      {choosing && <CustomPeriod state={state} onClose={() => setChoosing(false)} />}
    </>
  );
}

function CustomPeriod({ state, onClose }: { state: DashboardState; onClose: () => void }) {
  const t = useText();
  const [from, setFrom] = useState(state.days.from);
  const [last, setLast] = useState(addDays(state.days.to, -1));
  const wrong = !from || !last || last < from;
  const save = () => {
    state.change({ period: 'custom', from, to: addDays(last, 1) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('dashboard.custom')}
      description={t('dashboard.custom.text', { zone: state.timeZone })}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={wrong} onClick={save}>
            {t('dashboard.show')}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <TextField type="date" label={t('dashboard.from')} value={from} onChange={setFrom} />
        <TextField
          type="date"
          label={t('dashboard.until')}
          value={last}
          onChange={setLast}
          error={wrong ? t('dashboard.until.wrong') : undefined}
        />
      </div>
    </Dialog>
  );
}
