import { createStore, useStore } from './store.ts';

/** The server's page bears the desk's own name as its title; who names the desk anew says so here. */
export const deskName = createStore(document.title);

export const useDeskName = (): string => useStore(deskName);
