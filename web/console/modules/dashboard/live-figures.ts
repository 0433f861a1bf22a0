import { useEffect } from 'react';
import { onEvent, refreshSoon } from '../../../api/live.ts';
import { streamState } from '../../../api/stream.ts';

const firstMs = 200;
const againMs = 1400;

/**
 * Asks for the figures again after events, never by the clock. Twice for each flood of them: figures follow
 * the log a moment behind it, and the second time catches what the first came too early for.
 */
export function useLiveFigures(): void {
  useEffect(() => {
    let first: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      first = undefined;
      refreshSoon(['figures']);
    };
    const stop = onEvent('*', () => {
      first ??= setTimeout(refresh, firstMs);
      clearTimeout(again);
      again = setTimeout(() => refreshSoon(['figures']), againMs);
    });
    let phase = streamState.get().phase;
    const stopWatching = streamState.subscribe(() => {
      const before = phase;
      phase = streamState.get().phase;
      if (before === 'stale' && phase === 'live') refreshSoon(['figures']);
    });
    return () => {
      stop();
      stopWatching();
      clearTimeout(first);
      clearTimeout(again);
    };
  }, []);
}
