import { useEffect } from 'react';
import { useDeskName } from './desk-name.ts';

/** What the browser tab says while this screen is open. */
export function usePageTitle(title: string): void {
  const desk = useDeskName();
  useEffect(() => {
    document.title = `${title} · ${desk}`;
  }, [title, desk]);
}
