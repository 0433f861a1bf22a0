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
/** What was held stays at least so long when it is let go. */
const leastMs = 2000;

type ToastOptions = {
  tone?: Toast['tone'];
  undo?: () => void;
  link?: Toast['link'];
  milliseconds?: number;
  /** The instant after which the desk itself no longer takes the act back: then its undo goes, held or not. */
  undoUntil?: number;
};

type Clock = { left: number; since: number; timer?: ReturnType<typeof setTimeout>; held: Set<Hold> };
export type Hold = 'pointer' | 'focus';
const clocks = new Map<number, Clock>();

export function toast(text: string, options: ToastOptions = {}): number {
  const id = nextId++;
  const { tone = 'done', undo, link, undoUntil } = options;
  toasts.set((now) => [...now, { id, text, tone, undo, link }].slice(-shown));
  const left = options.milliseconds ?? (tone === 'done' ? doneMs : longMs);
  const clock: Clock = { left, since: 0, held: new Set() };
  clocks.set(id, clock);
  run(id, clock);
  if (undoUntil !== undefined) setTimeout(() => dropUndo(id), undoUntil - Date.now());
  return id;
}

function run(id: number, clock: Clock): void {
  clock.since = Date.now();
  clock.timer = setTimeout(() => dismissToast(id), clock.left);
}

/** Its time stands still while it is pointed at or has the focus: nobody reads or reaches at the same speed. */
export function holdToast(id: number, by: Hold): void {
  const clock = clocks.get(id);
  if (!clock) return;
  if (clock.held.size === 0) {
    clearTimeout(clock.timer);
    clock.left = Math.max(leastMs, clock.left - (Date.now() - clock.since));
  }
  clock.held.add(by);
}

export function releaseToast(id: number, by: Hold): void {
  const clock = clocks.get(id);
  if (clock?.held.delete(by) && clock.held.size === 0) run(id, clock);
}

function dropUndo(id: number): void {
  toasts.set((now) => now.map((one) => (one.id === id ? { ...one, undo: undefined } : one)));
  // A button that goes takes the focus with it and says nothing.
  releaseToast(id, 'focus');
}

export function dismissToast(id: number): void {
  clearTimeout(clocks.get(id)?.timer);
  clocks.delete(id);
  toasts.set((now) => now.filter((one) => one.id !== id));
}

/** Takes back the latest act that can be; says whether there was one. */
export function undoLatest(): boolean {
  const latest = toasts.get().findLast((one) => one.undo);
  if (!latest) return false;
  dismissToast(latest.id);
  latest.undo?.();
  return true;
}
