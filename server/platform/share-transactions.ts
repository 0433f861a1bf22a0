import type { Asked } from './command.ts';
import { mayHaveHappened } from './run-commands.ts';

const mostInOne = 8;

interface Waiting {
  asked: Asked;
  name: string;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

type Together = (batch: Asked[]) => Promise<unknown[]>;
type Alone = (asked: Asked) => Promise<unknown>;

/**
 * Commands that come while another is on its way leave together after it, in one transaction: much of what a small
 * command costs is its transaction. None waits for company. When one of them is refused, or finds a lock, or fails,
 * each is run alone instead and hears what it would have heard.
 */
export function shareTransactions(together: Together, alone: Alone) {
  const waiting: Waiting[] = [];
  let onTheWay = false;

  function leave(): void {
    if (onTheWay || waiting.length === 0) return;
    onTheWay = true;
    void travel(takeBatch(waiting));
  }

  async function travel(batch: Waiting[]): Promise<void> {
    const failure = await goTogether(batch);
    onTheWay = false;
    leave();
    if (failure === undefined) return;
    const isOwn = batch.length === 1 && !isForLocks(failure.error);
    for (const { asked, resolve, reject } of batch) {
      if (isOwn || mayHaveHappened(failure.error)) reject(failure.error);
      else alone(asked).then(resolve, reject);
    }
  }

  async function goTogether(batch: Waiting[]): Promise<{ error: unknown } | undefined> {
    try {
      const answers = await together(batch.map(({ asked }) => asked));
      for (const [n, { resolve }] of batch.entries()) resolve(answers[n]);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  return (asked: Asked, name: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, name, resolve, reject });
      leave();
    });
}

/** A lock that was not waited for, or two that waited for each other. */
const isForLocks = (error: unknown): boolean =>
  ['55P03', '40001', '40P01'].includes((error as { code?: string }).code ?? '');

/** The first that wait, one of each name; sorted, as all take their locks. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  const batch = new Map<string, Waiting>();
  for (const one of waiting) {
    if (batch.size === mostInOne) break;
    if (!batch.has(one.name)) batch.set(one.name, one);
  }
  for (const one of batch.values()) waiting.splice(waiting.indexOf(one), 1);
  return [...batch.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
