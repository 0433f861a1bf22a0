import { useSyncExternalStore } from 'react';
import type { Instant } from './formats.ts';
import { useFormats } from './text.tsx';

const tickMs = 20_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMs);
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

/** Now, to 20 s; one clock for all that shows waiting. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

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
