import { useEffect, useSyncExternalStore } from 'react';
import type { Instant } from './formats.ts';
import { useFormats } from './text.tsx';

const tickMs = 20_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (timer === undefined) {
    // While nobody looked, the clock stood.
    now = Date.now();
    timer = setInterval(tick, tickMs);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** A timer that came a moment early is set again. */
function tickAt(at: number): () => void {
  const turn = () => (Date.now() < at ? arm() : tick());
  const arm = () => {
    timer = setTimeout(turn, Math.max(0, at - Date.now()));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  arm();
  return () => clearTimeout(timer);
}

/** Now, to 20 s; one clock for all that shows waiting. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/** The same, and to the moment at these instants (epoch ms): what turns there turns on time. */
export function useNowAt(...instants: readonly number[]): number {
  const current = useNow();
  const next = Math.min(...instants.filter((at) => at > current && at - current <= 2 * tickMs));
  useEffect(() => (next === Infinity ? undefined : tickAt(next)), [next]);
  return current;
}

type TimeProps = {
  at: Instant;
  as?: 'relative' | 'nearby' | 'date' | 'time' | 'dateTime';
  className?: string;
};

/** An instant in words, the exact one on hover, in the desk's zone. */
export function Time({ at, as = 'relative', className }: TimeProps) {
  const formats = useFormats();
  const current = useNow();
  const words = {
    relative: () => formats.relative(at, current),
    nearby: () => formats.nearby(at, current),
    date: () => formats.date(at),
    time: () => formats.time(at),
    dateTime: () => formats.dateTime(at),
  };
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={`${formats.dateTime(at)} (${formats.timeZone})`}
      className={className}
    >
      {words[as]()}
    </time>
  );
}
