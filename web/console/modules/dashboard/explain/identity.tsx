import { cx } from '../../../../ui/cx.ts';
import type { Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { Part } from './part.tsx';

const terms = [
  { name: 'created', sign: '+' },
  { name: 'reopened', sign: '+' },
  { name: 'restored', sign: '+' },
  { name: 'movedIn', sign: '+' },
  { name: 'solved', sign: '−' },
  { name: 'spam', sign: '−' },
  { name: 'merged', sign: '−' },
  { name: 'deleted', sign: '−' },
  { name: 'movedOut', sign: '−' },
] as const;

/** What was there, what came, what went and what that leaves: it must add up, and says whether it does. */
export function Identity({ figure }: { figure: Figure }) {
  const { t, formats } = useFigureWords();
  const identity = (figure as Record<string, unknown>).identity as Record<string, number> | null | undefined;
  if (!identity) return null;
  const at = (name: string) => identity[name] ?? 0;
  const most = Math.max(at('start'), at('end'), ...terms.map(({ name }) => at(name)), 1);
  const end = terms.reduce((sum, { name, sign }) => sum + (sign === '+' ? at(name) : -at(name)), at('start'));
  const shown = terms.filter(({ name }) => at(name) > 0 || !name.startsWith('moved'));
  const row = (name: string, sign: string, n: number, strong = false) => (
    <tr key={name} className={cx('border-b border-line last:border-0', strong && 'font-strong')}>
      <th scope="row" className="py-1 pe-3 text-start font-normal">
        {t(`dashboard.identity.${name}`)}
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
      <table className="w-full text-dense">
        <caption className="sr-only">{t('dashboard.identity')}</caption>
        <tbody>
          {row('start', '', at('start'), true)}
          {shown.map(({ name, sign }) => row(name, sign, at(name)))}
          {row('end', '= ', at('end'), true)}
        </tbody>
      </table>
      <p className={cx('mt-1 text-dense', end === at('end') ? 'text-good' : 'text-late')}>
        {t(end === at('end') ? 'dashboard.identity.closes' : 'dashboard.identity.fails', {
          n: Math.abs(end - at('end')),
        })}
      </p>
    </Part>
  );
}
