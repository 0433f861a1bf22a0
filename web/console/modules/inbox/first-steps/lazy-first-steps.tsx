import { lazy, Suspense } from 'react';
import { useMe } from '../../../shell/use-me.ts';

const FirstSteps = lazy(async () => ({ default: (await import('./first-steps.tsx')).FirstSteps }));

/** After the first paint, and for the admin alone. */
export function LazyFirstSteps({ className }: { className?: string }) {
  if (useMe().user.role !== 'admin') return null;
  return (
    <Suspense>
      <FirstSteps className={className} />
    </Suspense>
  );
}
