import { useSyncExternalStore } from 'react';

const queries = { tablet: '(width >= 768px)', desk: '(width >= 1280px)' };

/** Whether the window is at least as wide as a breakpoint; prefer `tablet:` and `desk:` classes where they do. */
export function useWide(breakpoint: keyof typeof queries): boolean {
  const media = window.matchMedia(queries[breakpoint]);
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => media.matches,
  );
}
