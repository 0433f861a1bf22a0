import type { Step } from '../walk.ts';

export type OpenInterval = { readonly step: Step; readonly until: number | null };

/**
 * The stretches during which a condition held, each with the step that began it. `stopIndex` is the
 * step that ends everything (-1 for none). `changes` splits a stretch where the row must be a new one;
 * a stretch shorter than a second is none.
 */
export function openIntervals(
  steps: readonly Step[],
  stopIndex: number,
  holds: (step: Step) => boolean,
  changes: (step: Step) => boolean = () => false,
): OpenInterval[] {
  const intervals: OpenInterval[] = [];
  let begun: Step | null = null;
  for (const [index, step] of steps.entries()) {
    const open = index !== stopIndex && holds(step);
    if (begun !== null && (!open || changes(step))) {
      if (begun.event.at < step.event.at) intervals.push({ step: begun, until: step.event.at });
      begun = null;
    }
    if (index === stopIndex) return intervals;
    if (open && begun === null) begun = step;
  }
  if (begun !== null) intervals.push({ step: begun, until: null });
  return intervals;
}
