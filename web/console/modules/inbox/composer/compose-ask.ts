import { createStore } from '../../../../ui/store.ts';
import type { DraftKind } from './draft.ts';

/** A key asked for the box: which kind, and when, so that asking twice focuses twice. */
export const composeAsk = createStore<{ kind: DraftKind; at: number } | null>(null);

export const askToCompose = (kind: DraftKind): void => composeAsk.set({ kind, at: performance.now() });
