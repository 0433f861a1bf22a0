import { useEffect } from 'react';

const { style } = typeof document === 'undefined' ? { style: undefined } : document.documentElement;
const lift = (pixels: number) => style?.setProperty('--toast-lift', `${pixels}px`);
const drop = () => style?.removeProperty('--toast-lift');

/** Keeps toasts above what stands at the foot of the screen while it is there. */
export function useToastLift(pixels: number): void {
  useEffect(() => {
    lift(pixels);
    return () => void drop();
  }, [pixels]);
}

/** What may float just over the foot, such as who else is writing. */
const overFootPx = 28;

/** The same as a `ref`, for a foot that grows with what is written in it. */
export function liftToasts(foot: HTMLElement | null): (() => void) | undefined {
  if (!foot) return undefined;
  const seen = new ResizeObserver(() => lift(foot.offsetHeight + overFootPx));
  seen.observe(foot);
  return () => {
    seen.disconnect();
    drop();
  };
}
