import { createStore } from '../../../../ui/store.ts';

export const filtersOpen = createStore(false);
