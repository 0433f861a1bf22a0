import type { Translate } from '../../../../ui/formats.ts';
import { dismissToast, toast } from '../../../../ui/toast.ts';
import { refusalWords } from './refusal-words.ts';
import { type Refusal, runSteps, type Step } from './steps.ts';

/** One press of a key or a button, on one ticket or on many. */
export type Act = {
  steps: readonly Step[];
  /** What was done, for so many tickets. */
  words: (n: number) => string;
  /** What takes it back from these; a ticket that others changed since is left to them. */
  back: (ids: readonly number[]) => readonly Step[];
  undone?: string;
};

/** Long enough to look, see that it was the wrong one, and press Ctrl/⌘ Z. */
const undoMs = 10_000;

/** Shows the act at once with its undo, and says afterwards how many the desk refused, and why. */
export async function commit({ steps, words, back, undone }: Act, t: Translate): Promise<void> {
  if (steps.length === 0) return;
  const done = runSteps(steps);
  const undo = () => void takeBack();
  const takeBack = async () => {
    const refused = new Set((await done).map(({ id }) => id));
    const ids = steps.map(({ id }) => id).filter((id) => !refused.has(id));
    const ways = back(ids);
    const kept = await runSteps(ways);
    if (ways.length < ids.length) toast(t('inbox.not_undone', { n: ids.length - ways.length }));
    else if (undone && kept.length === 0) toast(undone);
    report(kept, t);
  };
  const shown = toast(words(steps.length), { undo, milliseconds: undoMs });
  const refusals = await done;
  if (refusals.length === 0) return;
  dismissToast(shown);
  const n = steps.length - refusals.length;
  report(refusals, t, n > 0 ? { what: words(n), undo } : undefined);
}

/** How many were refused, with the reason of the first; what did go through keeps its undo. */
function report(refusals: readonly Refusal[], t: Translate, rest?: { what: string; undo: () => void }): void {
  const [first] = refusals;
  if (!first) return;
  const why = refusalWords(first, t);
  const refused = refusals.length > 1 ? t('inbox.refused', { n: refusals.length, why }) : why;
  const text = rest ? t('inbox.partly', { what: rest.what, refused }) : refused;
  toast(text, { tone: 'failed', undo: rest?.undo });
}
