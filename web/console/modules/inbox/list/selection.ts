import { createStore } from '../../../../ui/store.ts';

/** What is chosen in the list, and the row that the keyboard is on; both survive opening a ticket. */
export type Selection = { ids: ReadonlySet<number>; anchor: number | null };

export const selection = createStore<Selection>({ ids: new Set(), anchor: null });
export const cursor = createStore<number | null>(null);

export function clearSelection(): void {
  if (selection.get().ids.size > 0) selection.set({ ids: new Set(), anchor: null });
}

let listName = '';

/** A choice belongs to the list it was made in. */
export function keepSelectionFor(name: string): void {
  if (name !== listName) clearSelection();
  listName = name;
}

export function toggleSelected(id: number): void {
  selection.set(({ ids }) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    return { ids: next, anchor: id };
  });
}

export function selectAll(ids: readonly number[]): void {
  selection.set({ ids: new Set(ids), anchor: ids[0] ?? null });
}

/** Adds all rows between the anchor and a row, both included. */
export function selectRange(order: readonly number[], to: number): void {
  selection.set(({ ids, anchor }) => {
    const from = order.indexOf(anchor ?? to);
    const until = order.indexOf(to);
    if (until < 0) return { ids, anchor };
    const [low, high] = from < 0 ? [until, until] : [Math.min(from, until), Math.max(from, until)];
    return { ids: new Set([...ids, ...order.slice(low, high + 1)]), anchor: anchor ?? to };
  });
}
