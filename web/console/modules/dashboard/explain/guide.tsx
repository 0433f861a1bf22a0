import { useQuery } from '@tanstack/react-query';
import { type Entry, type FigureQuery, guideQuery } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { Part } from './part.tsx';

/** How the guide divides, with the numbers of this moment, where it does so otherwise. */
export function Guide({ entry, query }: { entry: Entry; query: FigureQuery }) {
  const { t, plain, formats } = useFigureWords();
  const asked = useQuery({ ...guideQuery(entry.id, query), enabled: entry.guide });
  const guide = asked.data?.id === entry.id ? asked.data : undefined;
  if (!entry.guide || !guide) return null;
  return (
    <Part title={t('dashboard.guide')}>
      <p className="figures">
        {plain(entry.unit, guide.numerator)} / {formats.number(guide.denominator)} ={' '}
        <b>{plain(entry.unit, guide.value)}</b>
      </p>
      <p className="mt-1 text-dense text-ink-3">{t(`dashboard.guide.${entry.id}`)}</p>
    </Part>
  );
}
