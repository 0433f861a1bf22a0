import { describe, expect, it } from 'vitest';
import { keepRunning, pauseSeconds } from './keep-running.ts';
import type { RunningPostgres } from './run-postgres.ts';

describe('a database that dies', () => {
  it('is started again at once, then ever later, and never given up', () => {
    expect([0, 9, 10, 11, 12, 14, 15, 60].map(pauseSeconds)).toEqual([0, 0, 1, 2, 4, 16, 30, 30]);
  });

  it('is followed by a new one, until somebody stops it', async () => {
    let started = 0;
    const dying: ((how: 'died') => void)[] = [];
    const start = async () => {
      started += 1;
      const ended = new Promise<'died'>((resolve) => dying.push(resolve));
      return { pid: started, ended, stop: async () => undefined } as unknown as RunningPostgres;
    };
    const said: string[] = [];
    const kept = await keepRunning(start, (line) => said.push(line));
    for (let n = 0; n < 3; n++) {
      dying.at(-1)?.('died');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(kept.pid).toBe(4);
    expect(said.at(-1)).toBe('The database died and was started again (pid 4).');
    await kept.stop();
    dying.at(-1)?.('died');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(started).toBe(4);
  });
});
