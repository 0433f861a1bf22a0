import type { QueryKey } from '@tanstack/react-query';
import { queryClient } from './client.ts';
import { refreshSoon } from './refresh.ts';

/** One event of the desk's log. `data` is the event as the API presents it. */
export type LiveEvent = { type: string; position: number; data: unknown };
type Listener = (event: LiveEvent) => void;

const listeners = new Map<string, Set<Listener>>();

/** Calls back for each event of a type (`'ticket.opened'`, or `'*'` for all) until the result is called. */
export function onEvent(type: string, listener: Listener): () => void {
  const known = listeners.get(type) ?? new Set();
  listeners.set(type, known.add(listener));
  return () => known.delete(listener);
}

export function tell(event: LiveEvent): void {
  // Each screen follows what it shows. What no screen shows is followed by nobody: whatever happens may have changed it,
  // so whoever comes back sees it at once and it is asked for again.
  void queryClient.invalidateQueries({ type: 'inactive', refetchType: 'none' });
  for (const listener of listeners.get(event.type) ?? []) listener(event);
  for (const listener of listeners.get('*') ?? []) listener(event);
}

/** Marks what an event makes out of date: `refreshOn('ticket.opened', ['tickets'], ['views'])`. */
export function refreshOn(type: string, ...keys: QueryKey[]): () => void {
  return onEvent(type, () => {
    for (const key of keys) refreshSoon(key);
  });
}
