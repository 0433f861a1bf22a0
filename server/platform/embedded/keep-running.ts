import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningPostgres } from './run-postgres.ts';

export type KeptPostgres = { readonly pid: number; stop(): Promise<void> };

const restartsAtOnce = 10;
const longestPauseSeconds = 30;

/** At once, until it has died too often within a minute: then ever later, so that a full disk can get its room back. */
export function pauseSeconds(restartsOfLastMinute: number): number {
  const over = restartsOfLastMinute - restartsAtOnce;
  return over < 0 ? 0 : Math.min(longestPauseSeconds, 2 ** over);
}

/**
 * Starts the server again when it dies by itself, for instance because the machine ran out of memory. One that was
 * told to shut down stays down: somebody wanted that.
 */
export async function keepRunning(
  start: () => Promise<RunningPostgres>,
  report: (line: string) => void,
): Promise<KeptPostgres> {
  let server = await start();
  let stopping = false;
  let restarting = Promise.resolve();
  const restartedAt: number[] = [];

  const stopped = new AbortController();

  const restart = async () => {
    const minuteAgo = Date.now() - 60_000;
    const pause = pauseSeconds(restartedAt.filter((at) => at > minuteAgo).length);
    if (pause > 0) {
      report(`The database keeps dying; it is started again in ${pause} s. See its log.`);
      await sleep(pause * 1000, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopping) return;
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
      stopped.abort();
      await restarting;
      await server.stop();
    },
  };
}
