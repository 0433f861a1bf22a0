/** Cut to whole seconds before anything is subtracted, so that sums and identities close exactly. */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** Calendar seconds between two instants in ms; both are cut to whole seconds first. */
export function secondsBetween(fromMs: number, toMs: number): number {
  return (wholeSecond(toMs) - wholeSecond(fromMs)) / 1000;
}

/** "2026-03-02T09:00:00Z": UTC, no fraction of a second. */
export function isoInstant(ms: number): string {
  return new Date(wholeSecond(ms)).toISOString().replace('.000Z', 'Z');
}
