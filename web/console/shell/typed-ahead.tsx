import { useLayoutEffect } from 'react';
import { createStore } from '../../ui/store.ts';
import { commandMenuOpen } from './panels.ts';

/** What was typed between asking for the command menu and its being there; `chosen`: Enter was pressed after it. */
export const typedAhead = createStore({ query: '', chosen: false });

export const forgetTyped = (): void => typedAhead.set({ query: '', chosen: false });

/** Stands in for the menu until it is here: what is typed is meant for it, wherever the focus is. */
export function TypedAhead() {
  useLayoutEffect(() => {
    forgetTyped();
    window.addEventListener('keydown', take, { capture: true });
    return () => window.removeEventListener('keydown', take, { capture: true });
  }, []);
  return null;
}

function take(event: KeyboardEvent): void {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length === 1) typedAhead.set(({ query }) => ({ query: query + event.key, chosen: false }));
  else if (event.key === 'Backspace')
    typedAhead.set(({ query }) => ({ query: query.slice(0, -1), chosen: false }));
  else if (event.key === 'Enter') typedAhead.set(({ query }) => ({ query, chosen: query !== '' }));
  else if (event.key === 'Escape') commandMenuOpen.set(false);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
