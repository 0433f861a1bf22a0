import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

/** Old content stays while new is fetched; `request` already repeats reads, the stream says what is stale. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: true, throwOnError: false },
    // Without a line a change fails at once and says so; kept back, it would happen later, when nobody expects it.
    mutations: { retry: false, networkMode: 'always' },
  },
});

const leavers = new Set<() => void>();

/** Calls `leave` whenever any answer says that the session is over, until the result is called. */
export function onSessionEnd(leave: () => void): () => void {
  leavers.add(leave);
  return () => leavers.delete(leave);
}

export function announceSessionEnd(): void {
  for (const leave of leavers) leave();
}

const check = (error: unknown) => {
  if (error instanceof ApiError && error.status === 401) announceSessionEnd();
};

queryClient.getQueryCache().subscribe((event) => {
  if (event.type === 'updated' && event.action.type === 'error') check(event.action.error);
});
queryClient.getMutationCache().subscribe((event) => {
  if (event.type === 'updated' && event.action.type === 'error') check(event.action.error);
});
