import type { Asked } from './command.ts';
import { mayHaveHappened } from './run-commands.ts';

/** Transactions at a time: while one is with the database the next is made ready. */
const lanes = 2;
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
 * Commands that come while others are on their way leave together, in one transaction: much of what a small command
 * costs is its transaction. None waits for company. When one of them is refused, or finds a lock, or fails, each is run
 * alone instead and hears what it would have heard.
 */
export function shareTransactions(together: Together, alone: Alone) {
  const waiting: Waiting[] = [];
  const names = new Set<string>();
  let busy = 0;

  function leave(): void {
    while (busy < lanes) {
      const batch = takeBatch(waiting, names);
      if (batch.length === 0) return;
      busy++;
      for (const { name } of batch) names.add(name);
      void travel(batch).finally(leave);
    }
  }

  async function travel(batch: Waiting[]): Promise<void> {
    const failure = await goTogether(batch);
    busy--;
    for (const { name } of batch) names.delete(name);
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

/** The first that wait, one of each name, none of a name that is on its way; sorted, as all take their locks. */
function takeBatch(waiting: Waiting[], onTheirWay: ReadonlySet<string>): Waiting[] {
  const batch = new Map<string, Waiting>();
  for (const one of waiting) {
    if (batch.size === mostInOne) break;
    if (!onTheirWay.has(one.name) && !batch.has(one.name)) batch.set(one.name, one);
  }
  for (const one of batch.values()) waiting.splice(waiting.indexOf(one), 1);
  return [...batch.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
