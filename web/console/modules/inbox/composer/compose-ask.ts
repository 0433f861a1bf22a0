import { createStore } from '../../../../ui/store.ts';
import type { DraftKind } from './draft.ts';

/** A key asked for the box: which kind, and when, so that asking twice focuses twice. */
export const composeAsk = createStore<{ kind: DraftKind; at: number; ticketId?: number } | null>(null);

/** With a ticket's number only that ticket's box answers: the screen may have moved on. */
export const askToCompose = (kind: DraftKind, ticketId?: number): void =>
  composeAsk.set({ kind, at: performance.now(), ticketId });
