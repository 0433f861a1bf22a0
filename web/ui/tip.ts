import type { ReactNode } from 'react';
import { createStore } from './store.ts';

export type Side = 'top' | 'bottom' | 'left' | 'right';
export type Tip = { anchor: HTMLElement; id: string; text: ReactNode; keys?: string; side: Side };

/** The one tip on screen. */
export const shownTip = createStore<Tip | null>(null);

const firstWaitMs = 400;
/** So soon after another tip the next one does not wait. */
const warmMs = 200;
/** Long enough to move the pointer onto the tip itself. */
const leaveMs = 100;

let timer: ReturnType<typeof setTimeout> | undefined;
let hiddenAt = Number.NEGATIVE_INFINITY;

export function offerTip(tip: Tip): void {
  clearTimeout(timer);
  const warm = shownTip.get() !== null || performance.now() - hiddenAt < warmMs;
  if (warm) shownTip.set(tip);
  else timer = setTimeout(() => shownTip.set(tip), firstWaitMs);
}

export function showTip(tip: Tip): void {
  clearTimeout(timer);
  shownTip.set(tip);
}

export function keepTip(): void {
  clearTimeout(timer);
}

export function leaveTip(): void {
  clearTimeout(timer);
  timer = setTimeout(hideTip, leaveMs);
}

export function hideTip(): void {
  clearTimeout(timer);
  if (shownTip.get() === null) return;
  hiddenAt = performance.now();
  shownTip.set(null);
}

type Box = { left: number; top: number; right: number; bottom: number };
type Size = { width: number; height: number };

const gap = 6;
const margin = 8;
const opposite: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

/** Where a tip stands beside its anchor, CSS px: on the other side where this one has no room, never off screen. */
export function placeTip(anchor: Box, tip: Size, view: Size, side: Side): { left: number; top: number } {
  const chosen = fits(anchor, tip, view, side) ? side : opposite[side];
  const { left, top } = beside(anchor, tip, chosen);
  return {
    left: within(left, margin, view.width - tip.width - margin),
    top: within(top, margin, view.height - tip.height - margin),
  };
}

function beside(anchor: Box, tip: Size, side: Side): { left: number; top: number } {
  const middleX = (anchor.left + anchor.right - tip.width) / 2;
  const middleY = (anchor.top + anchor.bottom - tip.height) / 2;
  if (side === 'top') return { left: middleX, top: anchor.top - gap - tip.height };
  if (side === 'bottom') return { left: middleX, top: anchor.bottom + gap };
  if (side === 'left') return { left: anchor.left - gap - tip.width, top: middleY };
  return { left: anchor.right + gap, top: middleY };
}

function fits(anchor: Box, tip: Size, view: Size, side: Side): boolean {
  const { left, top } = beside(anchor, tip, side);
  if (side === 'top' || side === 'bottom') return top >= margin && top + tip.height <= view.height - margin;
  return left >= margin && left + tip.width <= view.width - margin;
}

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
