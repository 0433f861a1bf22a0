import type { Entry, Figure } from '../figure-queries.ts';
import { type FigureWords, useFigureWords } from '../figure-words.ts';
import { Part } from './part.tsx';

/** The formula with the numbers of this moment in it. */
export function Formula({ entry, figure }: { entry: Entry; figure: Figure }) {
  const words = useFigureWords();
  const { t, formats } = words;
  const durations = entry.unit === 'seconds' && figure.n > 0;
  return (
    <Part title={t('dashboard.formula')}>
      <div className="figures flex items-center gap-3">
        <Fraction entry={entry} figure={figure} words={words} />
        <span aria-hidden="true" className="text-ink-3">
          =
        </span>
        <b className="shrink-0">{words.value(entry.unit, figure)}</b>
      </div>
      {durations && (
        <dl className="figures mt-3 grid grid-cols-4 gap-2 rounded-md bg-sunken px-3 py-2 text-dense">
          <Spread name={t('dashboard.mean')} value={words.plain('seconds', figure.mean)} />
          <Spread name={t('dashboard.median_short')} value={words.plain('seconds', figure.median)} />
          <Spread name={t('dashboard.p90_short')} value={words.plain('seconds', figure.p90)} />
          <Spread name="n" value={formats.number(figure.n)} />
        </dl>
      )}
      {durations && <p className="mt-1 text-dense text-ink-3">{t('dashboard.p90.text')}</p>}
    </Part>
  );
}

type FractionProps = { entry: Entry; figure: Figure; words: FigureWords };

function Fraction({ entry, figure, words }: FractionProps) {
  const { t, formats } = words;
  const top = <Term n={formats.number(figure.numerator)} name={t(entry.numeratorId)} />;
  if (entry.denominatorId === null || entry.unit === 'tickets') return top;
  return (
    <span className="grid min-w-0 flex-1 gap-1">
      {top}
      <span aria-hidden="true" className="h-px bg-ink-3" />
      <span className="sr-only">{t('dashboard.divided_by')}</span>
      <Term n={formats.number(figure.denominator)} name={t(entry.denominatorId)} />
    </span>
  );
}

/** The name before the number: after it, it would have to agree with it. */
function Term({ n, name }: { n: string; name: string }) {
  return (
    <span className="flex min-w-0 items-baseline justify-between gap-x-3">
      <span className="text-dense text-ink-2">{name}</span> <b className="shrink-0">{n}</b>
    </span>
  );
}

function Spread({ name, value }: { name: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-3">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
