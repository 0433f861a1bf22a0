import { useEffect, useState } from 'react';
import { useText } from './text.tsx';

/** A thin line at the top of its (positioned) parent, only when waiting passes 300 ms. */
export function LoadingBar({ active }: { active: boolean }) {
  const t = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return setLate(false);
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, [active]);
  if (!late) return null;
  return (
    <div
      role="progressbar"
      aria-label={t('ui.loading')}
      className="absolute inset-x-0 top-0 z-30 h-0.5 overflow-hidden"
    >
      <div className="loading-run h-full w-1/3 bg-signal" />
    </div>
  );
}
