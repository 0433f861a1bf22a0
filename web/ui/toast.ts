import { createStore } from './store.ts';

export type Toast = {
  id: number;
  text: string;
  tone: 'done' | 'failed' | 'time';
  /** Present where the act can be taken back; also reached by Ctrl/⌘ Z. */
  undo?: () => void;
  /** The way to what it speaks of. */
  link?: { words: string; follow: () => void };
};

export const toasts = createStore<readonly Toast[]>([]);

let nextId = 1;
const shown = 3;
const doneMs = 6000;
const longMs = 12_000;

type ToastOptions = {
  tone?: Toast['tone'];
  undo?: () => void;
  link?: Toast['link'];
  /** For an undo that is possible only until then. */
  milliseconds?: number;
};

export function toast(text: string, options: ToastOptions = {}): number {
  const id = nextId++;
  const { tone = 'done', undo, link } = options;
  toasts.set((now) => [...now, { id, text, tone, undo, link }].slice(-shown));
  setTimeout(() => dismissToast(id), options.milliseconds ?? (tone === 'done' ? doneMs : longMs));
  return id;
}

export const dismissToast = (id: number): void => toasts.set((now) => now.filter((one) => one.id !== id));

/** Takes back the latest act that can be; says whether there was one. */
export function undoLatest(): boolean {
  const latest = toasts.get().findLast((one) => one.undo);
  if (!latest) return false;
  dismissToast(latest.id);
  latest.undo?.();
  return true;
}
