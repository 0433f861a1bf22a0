import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { pageStateLook, StateMark } from './empty-state.tsx';
import { useText } from './text.tsx';

/** What failed, what is safe, and a way on. `safe` is a sentence such as "Your draft is kept." */
export function ErrorState({
  what,
  why,
  safe,
  onRetry,
  action,
  within,
}: {
  what: string;
  why?: string;
  safe?: string;
  onRetry?: () => void;
  /** Another way on. */
  action?: ReactNode;
  /** Under a heading of its own it stands where the content would. */
  within?: boolean;
}) {
  const t = useText();
  const Heading = within ? 'h3' : 'h2';
  return (
    <div role="alert" className={within ? 'flex flex-col items-start gap-1' : pageStateLook}>
      {!within && <StateMark />}
      <Heading className={within ? '' : 'text-title'}>{what}</Heading>
      {why && <p className="text-ink-2">{why}</p>}
      {safe && <p className="text-ink-2">{safe}</p>}
      {(onRetry || action) && (
        <div className="mt-2 flex flex-wrap gap-2">
          {onRetry && (
            <Button icon={RotateCw} onClick={onRetry}>
              {t('ui.retry')}
            </Button>
          )}
          {action}
        </div>
      )}
    </div>
  );
}
