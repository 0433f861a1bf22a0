import { Info } from 'lucide-react';
import { cx } from '../../../../ui/cx.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { BigFigure } from '../big-figure.tsx';
import type { Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { identityIn } from '../identity.ts';
import { AsOf, useStale } from './as-of.tsx';

/** What came into the backlog against what went out of it, and what that leaves; the desk's own sum. */
export function FlowBalance({ backlog, onExplain }: { backlog: Figure; onExplain: () => void }) {
  const { t, formats } = useFigureWords();
  const stale = useStale();
  const identity = identityIn(backlog);
  if (!identity) return null;
  const { came, went, net, start, end } = identity;
  const most = Math.max(came, went, 1);
  const sign = net > 0 ? '+' : net < 0 ? '−' : '';
  return (
    <section aria-labelledby="flow-net" className="flex min-w-0 flex-col bg-raised px-4 pt-3 pb-2.5">
      <div className="flex items-start justify-between gap-2">
        <h3 id="flow-net" className="min-w-0 text-dense font-normal text-ink-2">
          {t('dashboard.net')}
        </h3>
        <IconButton
          icon={Info}
          label={t('dashboard.explain', { name: t('dashboard.net') })}
          onClick={onExplain}
          className="-my-1.5 -me-2"
        />
      </div>
      <div className="flex min-h-11 items-end">
        <BigFigure text={`${sign}${formats.number(Math.abs(net))}`} quiet={stale} className="leading-tight" />
      </div>
      <p className="figures mt-1 text-dense text-ink-2">
        {t('dashboard.net.from_to', { start: formats.number(start), end: formats.number(end) })}
      </p>
      <dl className="figures mt-auto grid grid-cols-[auto_1fr_auto] items-center gap-x-2 pt-2 text-dense text-ink-3">
        <Length name={t('dashboard.came')} n={came} most={most} look="bg-ink-2" />
        <Length name={t('dashboard.went')} n={went} most={most} look="bg-edge" />
      </dl>
      <p className="mt-2 text-end text-dense text-ink-3">
        <AsOf at={backlog.asOf} timeZone={backlog.timeZone} stale={stale} />
      </p>
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
