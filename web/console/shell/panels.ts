import { createStore } from '../../ui/store.ts';

export const commandMenuOpen = createStore(false);
export const shortcutSheetOpen = createStore(false);

/** What the menu looks among: everything that can be done and tickets after it, or tickets alone. */
export const menuSeeks = createStore<'all' | 'tickets'>('all');

export function openMenu(seeks: 'all' | 'tickets'): void {
  menuSeeks.set(seeks);
  commandMenuOpen.set(true);
}
