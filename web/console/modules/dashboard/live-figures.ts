import { useEffect } from 'react';
import { onEvent } from '../../../api/live.ts';
import { refreshSoon } from '../../../api/refresh.ts';
import { streamState } from '../../../api/stream.ts';

/** Figures follow the log a moment behind the stream: asked at once, the desk has mostly not measured the event yet. */
const measuredMs = 250;
/** Long enough for a busy desk, too, and short enough for two seconds from event to screen. */
const againMs = 1000;

/**
 * Asks for the figures again after events, never by the clock. Once more after the last of them, which catches what
 * the first came too early for.
 */
export function useLiveFigures(): void {
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      soon = undefined;
      refreshSoon(['figures']);
    };
    const stop = onEvent('*', () => {
      soon ??= setTimeout(refresh, measuredMs);
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
      clearTimeout(soon);
      clearTimeout(again);
    };
  }, []);
}
