import { Info } from 'lucide-react';
import { cx } from '../../../../ui/cx.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { BigFigure } from '../big-figure.tsx';
import type { Figure } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { identityIn } from '../identity.ts';
import { AsOf, useStale } from './as-of.tsx';

/**
 * What came into the backlog against what went out of it, and what that leaves; the desk's own sum. It stands under
 * what it adds up, in the same columns.
 */
export function FlowBalance({ backlog, onExplain }: { backlog: Figure; onExplain: () => void }) {
  const { t, formats } = useFigureWords();
  const stale = useStale();
  const identity = identityIn(backlog);
  if (!identity) return null;
  const { came, went, net, start, end } = identity;
  const most = Math.max(came, went, 1);
  const sign = net > 0 ? '+' : net < 0 ? '−' : '';
  return (
    <section aria-labelledby="flow-net" className={stripLook}>
      <div className="min-w-0">
        <h3 id="flow-net" className="text-dense font-normal text-ink-2">
          {t('dashboard.net')}
        </h3>
        <p className="figures flex flex-wrap items-baseline gap-x-3 text-dense text-ink-2">
          <BigFigure
            text={`${sign}${formats.number(Math.abs(net))}`}
            quiet={stale}
            className="leading-tight"
          />
          <span>
            {t('dashboard.net.from_to', { start: formats.number(start), end: formats.number(end) })}
          </span>
        </p>
      </div>
      <dl className="figures grid grid-cols-[auto_1fr_auto] content-center items-center gap-x-2 text-dense text-ink-3">
        <Length name={t('dashboard.came')} n={came} most={most} look="bg-ink-2" />
        <Length name={t('dashboard.went')} n={went} most={most} look="bg-edge" />
      </dl>
      <p className="self-end text-end text-dense text-ink-3">
        <AsOf at={backlog.asOf} timeZone={backlog.timeZone} stale={stale} />
      </p>
      <IconButton
        icon={Info}
        label={t('dashboard.explain', { name: t('dashboard.net') })}
        onClick={onExplain}
        className="absolute end-2 top-1.5"
      />
    </section>
  );
}

const stripLook =
  'relative grid min-h-37 min-w-0 grid-cols-1 gap-x-8.5 gap-y-2 bg-raised px-4 pt-3 pb-2.5 tablet:col-span-3 tablet:min-h-20 tablet:grid-cols-3';

/** Its place, while it is still on its way. */
export const BalanceToCome = () => <div className={stripLook} />;

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
