import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningPostgres } from './run-postgres.ts';

export type KeptPostgres = { readonly pid: number; stop(): Promise<void> };

const restartsPerMinute = 20;

/**
 * Starts the server again when it dies by itself, for instance because the machine ran out of memory. One that was
 * told to shut down stays down: somebody wanted that. Restarting too often, it gives up.
 */
export async function keepRunning(
  start: () => Promise<RunningPostgres>,
  report: (line: string) => void,
): Promise<KeptPostgres> {
  let server = await start();
  let stopping = false;
  let restarting = Promise.resolve();
  const restartedAt: number[] = [];

  const restart = async () => {
    const minuteAgo = Date.now() - 60_000;
    if (restartedAt.filter((at) => at > minuteAgo).length >= restartsPerMinute) {
      report('The database keeps dying and is not started again; see its log.');
      return;
    }
    restartedAt.push(Date.now());
    try {
      server = await start();
      report(`The database died and was started again (pid ${server.pid}).`);
      follow();
    } catch (error) {
      report(`The database died and could not be started again: ${(error as Error).message}`);
      await sleep(1000);
      if (!stopping) await restart();
    }
  };
  const follow = () => {
    server.ended.then((how) => {
      if (stopping) return;
      if (how === 'shut down') report('The database was shut down from outside; it stays down.');
      else restarting = restart();
    });
  };

  follow();
  return {
    get pid() {
      return server.pid;
    },
    async stop() {
      stopping = true;
      await restarting;
      await server.stop();
    },
  };
}
