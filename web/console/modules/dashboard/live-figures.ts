import { useEffect } from 'react';
import { onEvent } from '../../../api/live.ts';
import { refreshSoon } from '../../../api/refresh.ts';
import { streamState } from '../../../api/stream.ts';

/** Long enough for the desk to have measured an event, short enough for two seconds from event to screen. */
const againMs = 1000;

/**
 * Asks for the figures again after events, never by the clock. Once more after the last of them: figures follow
 * the log a moment behind it, and the second time catches what the first came too early for.
 */
export function useLiveFigures(): void {
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => refreshSoon(['figures']);
    const stop = onEvent('*', () => {
      refresh();
      clearTimeout(again);
      again = setTimeout(refresh, againMs);
    });
    let phase = streamState.get().phase;
    const stopWatching = streamState.subscribe(() => {
      const before = phase;
      phase = streamState.get().phase;
      if (before === 'stale' && phase === 'live') refresh();
    });
    return () => {
      stop();
      stopWatching();
      clearTimeout(again);
    };
  }, []);
}
