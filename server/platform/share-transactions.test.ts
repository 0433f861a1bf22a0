import { describe, expect, it } from 'vitest';
import type { Asked } from './command.ts';
import { shareTransactions } from './share-transactions.ts';

const asked = (name: string) => ({ options: { causedBy: name.length }, name }) as unknown as Asked;
const nameOf = (one: Asked) => (one as unknown as { name: string }).name;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Transactions that end when the test says so. */
function watch(fail: (batch: string[]) => Error | undefined = () => undefined) {
  const batches: string[][] = [];
  const alone: string[] = [];
  const ends: (() => void)[] = [];
  const share = shareTransactions(
    async (batch) => {
      const names = batch.map(nameOf);
      batches.push(names);
      await new Promise<void>((resolve) => ends.push(resolve));
      const error = fail(names);
      if (error) throw error;
      return names.map((name) => `${name} together`);
    },
    async (one) => {
      alone.push(nameOf(one));
      if (nameOf(one) === 'refused') throw new Error('refused alone');
      return `${nameOf(one)} alone`;
    },
  );
  const ask = (name: string, lock = name) => share(asked(name), lock);
  const end = async () => {
    ends.shift()?.();
    await turn();
  };
  return { batches, alone, ask, end };
}

describe('commands that share transactions', () => {
  it('leave at once, and those that come meanwhile together', async () => {
    const { batches, ask, end } = watch();
    const answers = ['c', 'a', 'e', 'd', 'b'].map((name) => ask(name));
    expect(batches).toEqual([['c']]);
    await end();
    expect(batches[1]).toEqual(['a', 'b', 'd', 'e']);
    await end();
    expect(await Promise.all(answers)).toEqual(['c', 'a', 'e', 'd', 'b'].map((name) => `${name} together`));
  });

  it('are never more than eight', async () => {
    const { batches, ask, end } = watch();
    for (let n = 0; n < 20; n++) void ask(`n${n}`);
    await end();
    await end();
    expect(batches.map((batch) => batch.length)).toEqual([1, 8, 8]);
  });

  it('do not lock the same in one transaction', async () => {
    const { batches, ask, end } = watch();
    void ask('first', 'x');
    void ask('other', 'y');
    void ask('second', 'x');
    void ask('third', 'x');
    await end();
    expect(batches).toEqual([['first'], ['second', 'other']]);
    await end();
    expect(batches[2]).toEqual(['third']);
  });

  it('are run alone when one of them fails, each with its own outcome', async () => {
    const { alone, ask, end } = watch((batch) => (batch.length > 1 ? new Error('somebody') : undefined));
    void ask('one');
    const [good, refused] = [ask('good'), ask('refused')];
    refused.catch(() => undefined);
    await end();
    await end();
    expect(await good).toBe('good alone');
    await expect(refused).rejects.toThrow('refused alone');
    expect(alone).toEqual(['good', 'refused']);
  });

  it('are run once where nobody else can have been the cause, but for a lock', async () => {
    const locked = Object.assign(new Error('lock timeout'), { code: '55P03' });
    const { alone, ask, end } = watch(([name]) => (name === 'locked' ? locked : new Error('wrong')));
    const [waited, wrong] = [ask('locked'), ask('wrong')];
    wrong.catch(() => undefined);
    await end();
    await end();
    expect(await waited).toBe('locked alone');
    await expect(wrong).rejects.toThrow('wrong');
    expect(alone).toEqual(['locked']);
  });
});
