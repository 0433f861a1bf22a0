import { useEffect } from 'react';

/** What the browser tab says while this screen is open. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Firstline`;
  }, [title]);
}
