import { useFormats, useText } from '../../../../ui/text.tsx';
import { addDays } from '../periods.ts';
import type { DashboardState } from '../use-dashboard.ts';

/** The days in words and the zone that cuts them, printed with the numbers. */
export function PeriodLine({ state }: { state: DashboardState }) {
  const t = useText();
  const formats = useFormats();
  // A calendar day has no zone: noon in UTC falls on it in all zones that matter for its name.
  const words = (day: string) => formats.date(`${day}T12:00:00Z`, 'date');
  const { from, to } = state.days;
  const last = addDays(to, -1);
  return (
    <span className="figures">
      {from === last
        ? t('dashboard.day', { day: words(from), zone: state.timeZone })
        : t('dashboard.days', { from: words(from), until: words(last), zone: state.timeZone })}
    </span>
  );
}
