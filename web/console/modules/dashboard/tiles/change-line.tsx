import { cx } from '../../../../ui/cx.ts';
import { T } from '../../../../ui/text.tsx';
import type { Entry, Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';

const looks = { better: 'text-good', worse: 'text-late', same: 'text-ink-2', new: 'text-ink-2' };
const shapes = {
  better: 'M2.5 6.5 5 9l4.5-6',
  worse: 'M6 1.5v5.5M6 9.5v.5',
  same: 'M2.5 6h7',
  new: 'M6 2.5v7M2.5 6h7',
};

/** The change since the period before: sign, size, what it was, and whether that is good, in shape, word and colour. */
export function ChangeLine({ entry, figure, stale }: { entry: Entry; figure: Figure; stale?: boolean }) {
  const words = useFigureWords();
  const { comparison } = figure;
  if (!comparison) return null;
  if (comparison.delta === null)
    return <p className="text-dense text-ink-3">{words.t('dashboard.nothing_before')}</p>;
  // What rounds to no change is not called better or worse.
  const judgement = /^[+−-]?0\.0/.test(comparison.display) ? 'same' : comparison.judgement;
  const was = {
    value: words.plain(entry.unit, comparison.value),
    period: words.days(comparison.period),
  };
  return (
    <p className="figures text-dense text-ink-3">
      <span
        className={cx(
          'inline-flex items-center gap-1 font-strong',
          stale ? 'text-ink-3' : judgement ? looks[judgement] : 'text-ink-2',
        )}
      >
        {judgement && (
          <svg
            viewBox="0 0 12 12"
            width="12"
            height="12"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            aria-hidden="true"
          >
            <path d={shapes[judgement]} />
          </svg>
        )}
        {words.change(comparison.display)}
        {judgement && judgement !== 'new' && <> {words.t(`kpi.judgement.${judgement}`)}</>}
      </span>{' '}
      <span title={words.span(comparison.period)}>
        <T id="dashboard.was" values={was} tags={{ whole: <span className="inline-block" /> }} />
      </span>
    </p>
  );
}
