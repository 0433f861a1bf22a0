import { lazy, Suspense } from 'react';
import { needTexts } from '../../../../ui/language.ts';
import { useFirstSteps } from './use-first-steps.ts';

/** Most desks are past them, so their words come only where one is left. */
const StepList = lazy(async () => {
  const [{ StepList: list }] = await Promise.all([import('./step-list.tsx'), needTexts('start')]);
  return { default: list };
});

/** What comes next for a new desk, for its admin; gone when all of it is done. */
export function FirstSteps({ className }: { className?: string }) {
  const steps = useFirstSteps();
  if (!steps || steps.every((step) => step.done)) return null;
  return (
    <Suspense>
      <StepList steps={steps} className={className} />
    </Suspense>
  );
}
