import { readFileSync } from 'node:fs';

/** Watches the proportional set size of one process, in MB. */
export interface MemoryWatch {
  /** The most since it began. */
  peak(): number;
  stop(): number;
}

function pssOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
}

export function watchMemory(pid: number): MemoryWatch {
  let most = pssOf(pid);
  const look = () => {
    try {
      most = Math.max(most, pssOf(pid));
    } catch {
      // It is gone: what was seen stays.
    }
  };
  const timer = setInterval(look, 100);
  return {
    peak: () => most,
    stop() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}
