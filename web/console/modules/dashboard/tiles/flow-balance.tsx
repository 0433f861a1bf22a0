import { cx } from '../../../../ui/cx.ts';
import { BigFigure } from '../big-figure.tsx';
import type { Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { useStale } from './as-of.tsx';

/** What came in against what went out, and what that leaves. */
export function FlowBalance({ received, solved }: { received: Figure; solved: Figure }) {
  const { t, formats } = useFigureWords();
  const stale = useStale();
  const net = received.numerator - solved.numerator;
  const most = Math.max(received.numerator, solved.numerator, 1);
  const sign = net > 0 ? '+' : net < 0 ? '−' : '';
  return (
    <section aria-labelledby="flow-net" className="flex min-w-0 flex-col bg-raised px-4 pt-3 pb-2.5">
      <h3 id="flow-net" className="text-dense font-normal text-ink-2">
        {t('dashboard.net')}
      </h3>
      <div className="flex min-h-11 items-end">
        <BigFigure text={`${sign}${formats.number(Math.abs(net))}`} quiet={stale} className="leading-tight" />
      </div>
      <p className="mt-1 text-dense text-ink-2">
        {t(net > 0 ? 'dashboard.net.more' : net < 0 ? 'dashboard.net.fewer' : 'dashboard.net.even')}
      </p>
      <dl className="figures mt-auto grid grid-cols-[auto_1fr_auto] items-center gap-x-2 pt-2 text-dense text-ink-3">
        <Length name={t('dashboard.received')} n={received.numerator} most={most} look="bg-ink-2" />
        <Length name={t('dashboard.solved')} n={solved.numerator} most={most} look="bg-edge" />
      </dl>
    </section>
  );
}

function Length({ name, n, most, look }: { name: string; n: number; most: number; look: string }) {
  const { formats } = useFigureWords();
  return (
    <>
      <dt>{name}</dt>
      <dd aria-hidden="true" className="h-2">
        <div className={cx('h-full', look)} style={{ inlineSize: `${(n / most) * 100}%` }} />
      </dd>
      <dd className="text-end">{formats.number(n)}</dd>
    </>
  );
}
