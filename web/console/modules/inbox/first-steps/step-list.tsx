import { Link } from '@tanstack/react-router';
import { Circle, CircleCheck } from 'lucide-react';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useText } from '../../../../ui/text.tsx';
import { toast } from '../../../../ui/toast.ts';
import { type FirstStep, showFirstSteps } from './use-first-steps.ts';

/** Open while a desk is quite new; afterwards a line that opens when asked. */
export function StepList({ steps, className }: { steps: readonly FirstStep[]; className?: string }) {
  const t = useText();
  const show = async (wanted: boolean) => {
    try {
      await showFirstSteps(wanted);
      if (!wanted) toast(t('start.hidden'), { undo: () => void show(true) });
    } catch (error) {
      toast(wordsOf(error, t), { tone: 'failed' });
    }
  };
  const done = steps.filter((step) => step.done).length;
  return (
    <details open={done < 3} className={cx('rounded-md bg-raised p-3', className)}>
      <summary className="flex min-h-6 items-center gap-2">
        <h2 className="text-dense">{t('start.steps')}</h2>
        <span className="figures ms-auto text-dense text-ink-3">
          {t('start.done', { done, n: steps.length })}
        </span>
      </summary>
      <ol className="mt-2 grid gap-2 text-dense">
        {steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
      <Button kind="quiet" className="-ms-3 mt-2 min-h-7" onClick={() => void show(false)}>
        {t('start.hide')}
      </Button>
    </details>
  );
}

function StepLine({ step: { name, done, to, values } }: { step: FirstStep }) {
  const t = useText();
  const title = t(`start.${name}`, values);
  return (
    <li className="flex items-start gap-2">
      <Icon of={done ? CircleCheck : Circle} className={cx('mt-0.5', done ? 'text-good' : 'text-ink-3')} />
      <span className="min-w-0 flex-1 wrap-anywhere">
        <span className="sr-only">{t(done ? 'start.is_done' : 'start.is_open')} </span>
        {to && !done ? (
          <Link to={to}>{title}</Link>
        ) : (
          <span className={done ? 'text-ink-3' : ''}>{title}</span>
        )}
        {!done && <span className="block text-ink-3">{t(`start.${name}.text`, values)}</span>}
      </span>
    </li>
  );
}
