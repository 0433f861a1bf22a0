import { createStore } from '../../ui/store.ts';

export const commandMenuOpen = createStore(false);
export const shortcutSheetOpen = createStore(false);
