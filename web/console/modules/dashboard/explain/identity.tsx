import { useState } from 'react';
import { cx } from '../../../../ui/cx.ts';
import type { Entry, Figure, FigureQuery } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { identityIn, type Term } from '../identity.ts';
import { ItemList } from './item-list.tsx';
import { Part } from './part.tsx';

const terms: readonly { name: Term; sign: '+' | '−' }[] = [
  { name: 'created', sign: '+' },
  { name: 'reopened', sign: '+' },
  { name: 'restored', sign: '+' },
  { name: 'movedIn', sign: '+' },
  { name: 'solved', sign: '−' },
  { name: 'spam', sign: '−' },
  { name: 'merged', sign: '−' },
  { name: 'deleted', sign: '−' },
  { name: 'movedOut', sign: '−' },
];

type IdentityProps = { entry: Entry; figure: Figure; query: FigureQuery };

/** What was there, what came, what went and what that leaves: each with its tickets, and whether it adds up. */
export function IdentityPart({ entry, figure, query }: IdentityProps) {
  const { t, formats } = useFigureWords();
  const [open, setOpen] = useState<Term | null>(null);
  const identity = identityIn(figure);
  if (!identity) return null;
  const counted = figure.numerator;
  const most = Math.max(identity.start, counted, ...terms.map(({ name }) => identity[name]), 1);
  const shown = terms.filter(({ name }) => identity[name] > 0 || !name.startsWith('moved'));
  const row = (name: Term | 'end', sign: string, n: number) => (
    <tr key={name} className={cx('border-b border-line last:border-0', sign.length !== 1 && 'font-strong')}>
      <th scope="row" className="py-0.5 pe-3 text-start font-normal">
        {name === 'end' || n === 0 ? (
          <span className="inline-block py-0.5">{t(`dashboard.identity.${name}`)}</span>
        ) : (
          <button
            type="button"
            aria-pressed={open === name}
            onClick={() => setOpen(open === name ? null : name)}
            className="min-h-6 text-start text-signal underline-offset-3 hover:underline aria-pressed:font-strong"
          >
            {t(`dashboard.identity.${name}`)}
          </button>
        )}
      </th>
      <td className="w-2/5" aria-hidden="true">
        <div
          className={cx('h-2', sign === '−' ? 'bg-edge' : 'bg-ink-2')}
          style={{ inlineSize: `${(n / most) * 100}%` }}
        />
      </td>
      <td className="ps-3 text-end">
        {sign}
        {formats.number(n)}
      </td>
    </tr>
  );
  return (
    <Part title={t('dashboard.identity')}>
      <table className="figures w-full text-dense">
        <caption className="sr-only">{t('dashboard.identity')}</caption>
        <tbody>
          {row('start', '', identity.start)}
          {shown.map(({ name, sign }) => row(name, sign, identity[name]))}
          {row('end', '= ', counted)}
        </tbody>
      </table>
      <p className={cx('mt-1 text-dense', identity.closes ? 'text-good' : 'text-late')}>
        {t(identity.closes ? 'dashboard.identity.closes' : 'dashboard.identity.fails', {
          n: Math.abs(identity.end - counted),
        })}
      </p>
      {open && (
        <div className="mt-3">
          <ItemList
            title={t(`dashboard.identity.${open}`)}
            entry={entry}
            expected={{ n: identity[open], numerator: identity[open] }}
            query={query}
            term={open}
          />
        </div>
      )}
    </Part>
  );
}
