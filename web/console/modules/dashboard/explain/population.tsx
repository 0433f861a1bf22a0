import { withRoom } from '../../../../ui/with-room.ts';
import type { Entry, Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { unmeasuredIn } from '../tiles/unmeasured-line.tsx';
import { Part } from './part.tsx';
import { Unmeasured } from './unmeasured.tsx';

/** Who is counted, who is not, and how many of those there are. */
export function Population({ entry, figure }: { entry: Entry; figure: Figure }) {
  const { t, formats } = useFigureWords();
  const unmeasured = unmeasuredIn(figure);
  const reasons = Object.entries(figure.exclusions).filter(([reason]) => reason !== 'unmeasured');
  const out = reasons.reduce((sum, [, n]) => sum + n, 0);
  return (
    <Part title={t('dashboard.population')}>
      <p>
        <b>{withRoom(t('dashboard.in', { n: figure.n }))}</b>
        {t(entry.includedId)}
      </p>
      <p className="mt-2">
        <b>{withRoom(t('dashboard.out', { n: out }))}</b>
        {t(entry.excludedId)}
      </p>
      <ul className="figures mt-1.5 flex flex-wrap gap-x-4 text-dense text-ink-3">
        {reasons.map(([reason, n]) => (
          <li key={reason}>
            {t(`kpi.exclusion.${reason}`)}{' '}
            <b className={n > 0 ? 'text-ink' : 'font-normal'}>{formats.number(n)}</b>
          </li>
        ))}
      </ul>
      {unmeasured > 0 && <Unmeasured n={unmeasured} />}
    </Part>
  );
}
