import { createStore } from '../../../../ui/store.ts';
import { tileOrder } from './groups.ts';

/** The tile that keys act on: the one that last had the focus. */
export const activeTile = createStore<string>(tileOrder[0] ?? '');

export const tileElement = (id: string): HTMLElement | null => document.getElementById(`tile-${id}`);

/** Moves the focus on by so many tiles, leaving out those that are not on screen. */
export function moveTile(step: number): void {
  const shown = tileOrder.filter((id) => tileElement(id));
  const at = shown.indexOf(activeTile.get());
  const focused = document.activeElement?.id === `tile-${activeTile.get()}`;
  const next = shown[focused ? Math.max(0, Math.min(shown.length - 1, at + step)) : Math.max(0, at)];
  if (next) tileElement(next)?.focus();
}

/** The tile above or below: the nearest one in the next row on screen. */
export function moveTileRow(step: 1 | -1): void {
  const here = tileElement(activeTile.get())?.getBoundingClientRect();
  if (!here) return;
  const others = tileOrder.flatMap((id) => {
    const box = tileElement(id)?.getBoundingClientRect();
    const away = box ? (box.top - here.top) * step : 0;
    return box && away > 8 ? [{ id, rank: away * 10 + Math.abs(box.left - here.left) }] : [];
  });
  const nearest = others.sort((a, b) => a.rank - b.rank)[0];
  if (nearest) tileElement(nearest.id)?.focus();
}
