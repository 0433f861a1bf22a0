export interface Timing {
  medianMs: number;
  p95Ms: number;
  perSecond: number;
  n: number;
}

/** Runs `work` for so many rounds after a warm-up, with one worker or several at once. */
export async function time(
  rounds: number,
  clients: number,
  work: (n: number) => Promise<unknown>,
): Promise<Timing> {
  // A process that has just started runs its first hundred requests several times slower than all that follow.
  const warm = Math.min(100, Math.ceil(rounds / 3));
  for (let n = 0; n < warm; n++) await work(n);
  const samples: number[] = [];
  let next = warm;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < warm + rounds) {
        const n = next++;
        const start = performance.now();
        await work(n);
        samples.push(performance.now() - start);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return summarise(samples, seconds);
}

export function summarise(samples: number[], seconds: number): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return {
    medianMs: round(at(0.5)),
    p95Ms: round(at(0.95)),
    perSecond: round(samples.length / seconds),
    n: samples.length,
  };
}

export const round = (value: number): number => Math.round(value * 100) / 100;
