import { useEffect } from 'react';

/** Keeps toasts above what stands at the foot of the screen while it is there. */
export function useToastLift(pixels: number): void {
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--toast-lift', `${pixels}px`);
    return () => {
      style.removeProperty('--toast-lift');
    };
  }, [pixels]);
}
