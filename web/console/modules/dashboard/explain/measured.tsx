import type { ReactNode } from 'react';
import type { Entry, Figure } from '../figure-queries.ts';
import { clockTime, useFigureWords } from '../figure-words.ts';
import { Part } from './part.tsx';

/** Clock, zone, period, instant, filters and the version of the definition. */
export function Measured({ entry, figure }: { entry: Entry; figure: Figure }) {
  const { t, formats } = useFigureWords();
  const clock = { calendar: 'calendar', business: 'business', by_channel: 'channel' }[
    figure.clock ?? 'calendar'
  ];
  const filters = Object.entries(figure.filters).map(([name, value]) => `${name}=${value}`);
  return (
    <Part title={t('dashboard.measured')}>
      <dl className="figures grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-dense">
        <Fact name={t('dashboard.clock')}>{t(figure.clock ? `kpi.clock.${clock}` : 'kpi.clock.none')}</Fact>
        <Fact name={t('dashboard.counted')}>{t(`kpi.attribution.${entry.attribution}`)}</Fact>
        <Fact name={t('dashboard.period')}>
          {formats.dateTime(figure.period.from)} – {formats.dateTime(figure.period.to)}
        </Fact>
        {figure.comparison && (
          <Fact name={t('dashboard.compared_with')}>
            {formats.dateTime(figure.comparison.period.from)} –{' '}
            {formats.dateTime(figure.comparison.period.to)}
          </Fact>
        )}
        <Fact name={t('dashboard.zone')}>{figure.timeZone}</Fact>
        <Fact name={t('dashboard.instant')}>
          {formats.date(figure.asOf)}
          {formats.locale.startsWith('zh') ? ' ' : ', '}
          {clockTime(figure.asOf, figure.timeZone)}
        </Fact>
        {filters.length > 0 && <Fact name={t('dashboard.filter')}>{filters.join(', ')}</Fact>}
        <Fact name={t('dashboard.definition')}>
          <code>{figure.definitionId}</code> {t('dashboard.version', { n: figure.definitionVersion })}
        </Fact>
      </dl>
    </Part>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
