import { createStore } from '../../../../ui/store.ts';
import type { DraftKind } from '../composer/draft.ts';

/** What is being written right now and where, for colleagues to know; a pause ends it, what was written stays. */
export const writing = createStore<{ ticketId: number; kind: DraftKind } | null>(null);

const pauseMs = 20_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function typed(ticketId: number, kind: DraftKind | null): void {
  clearTimeout(timer);
  if (kind === null) {
    stopWriting();
    return;
  }
  timer = setTimeout(stopWriting, pauseMs);
  const now = writing.get();
  if (now?.ticketId !== ticketId || now.kind !== kind) writing.set({ ticketId, kind });
}

export function stopWriting(): void {
  clearTimeout(timer);
  writing.set(null);
}
