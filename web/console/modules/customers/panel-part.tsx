import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useText } from '../../../ui/text.tsx';

/** One matter of the panel under its small heading. */
export function PanelPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line py-3 first:border-0 first:pt-0">
      <h3 className="mb-1.5 text-dense font-normal text-ink-3">{title}</h3>
      {children}
    </section>
  );
}

/** One part failed; the others stand. */
export function PartFailed({ onRetry }: { onRetry: () => void }) {
  const t = useText();
  return (
    <p role="alert" className="mt-2 flex flex-wrap items-center gap-2 text-ink-2">
      {t('customer.failed')}
      <Button kind="quiet" className="min-h-6 px-2 text-dense underline" onClick={onRetry}>
        {t('ui.retry')}
      </Button>
    </p>
  );
}
