import { Table2 } from 'lucide-react';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { useText } from '../../../../ui/text.tsx';
import type { DashboardState } from '../use-dashboard.ts';
import { Filters } from './filters.tsx';
import { PeriodPicker } from './period-picker.tsx';

/** When, compared with what, and for whom: the same for all dashboards. */
export function Toolbar({ state }: { state: DashboardState }) {
  const t = useText();
  const { search, change } = state;
  return (
    <>
      <Checkbox
        label={t('dashboard.compare')}
        checked={search.compare !== 'none'}
        onChange={(on) => change({ compare: on ? undefined : 'none' })}
      />
      {/* Where they need a line of their own, they take it together. */}
      <div className="flex min-w-0 items-center gap-2">
        <PeriodPicker state={state} />
        <Filters state={state} />
        <IconButton
          icon={Table2}
          label={t('dashboard.table')}
          keys="T"
          aria-pressed={search.table === true}
          onClick={() => change({ table: search.table ? undefined : true })}
        />
      </div>
    </>
  );
}
