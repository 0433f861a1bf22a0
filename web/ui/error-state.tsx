import { RotateCw } from 'lucide-react';
import { Button } from './button.tsx';
import { useText } from './text.tsx';

/** What failed, what is safe, and a way on. `safe` is a sentence such as "Your draft is kept." */
export function ErrorState({
  what,
  why,
  safe,
  onRetry,
}: {
  what: string;
  why?: string;
  safe?: string;
  onRetry?: () => void;
}) {
  const t = useText();
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-start gap-2 px-5 py-12">
      <h2 className="text-title">{what}</h2>
      {why && <p className="text-ink-2">{why}</p>}
      {safe && <p className="text-ink-2">{safe}</p>}
      {onRetry && (
        <Button icon={RotateCw} onClick={onRetry} className="mt-2">
          {t('ui.retry')}
        </Button>
      )}
    </div>
  );
}
