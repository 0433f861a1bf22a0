import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statfsSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from './create-cluster.ts';
import { EmbeddedFailure, explainFailure } from './embedded-failure.ts';
import type { Launcher } from './launcher.ts';
import type { NativeBinaries } from './native-binaries.ts';

export type RunningPostgres = {
  pid: number;
  ended: Promise<'shut down' | 'died'>;
  stop(): Promise<void>;
};

type Place = { cluster: string; logFile: string; arguments: string[] };

const startSeconds = 120;
const retrySeconds = 15;
const fastStopSeconds = 30;
const logLimit = 10_000_000;
const passing = /lock file "[^"]+" already exists|pre-existing shared memory block/;

/** Starts the server and waits until it answers; recovery after a crash may take a while. */
export async function runPostgres(
  native: NativeBinaries,
  launcher: Launcher,
  place: Place,
): Promise<RunningPostgres> {
  const retryUntil = Date.now() + retrySeconds * 1000;
  for (;;) {
    keepLastLog(place.logFile);
    const child = spawnPostgres(native, launcher, place);
    if (await becomesReady(child, place.cluster)) return watch(child, place.logFile);
    const printed = hasRoom(place.cluster) ? readLog(place.logFile) : 'No space left on device';
    if (!passing.test(printed) || Date.now() > retryUntil) {
      throw explainFailure('The database did not start', printed, place.cluster);
    }
    await sleep(200);
  }
}

function keepLastLog(logFile: string): void {
  try {
    renameSync(logFile, `${logFile}.1`);
  } catch {
    // There is none yet.
  }
}

function spawnPostgres(native: NativeBinaries, launcher: Launcher, place: Place): ChildProcess {
  const log = openSync(place.logFile, 'a', 0o600);
  const [program = '', ...rest] = [
    ...launcher.prefix,
    native.postgres,
    ...['-D', place.cluster],
    ...place.arguments,
  ];
  const child = spawn(program, rest, {
    ...launcher.spawnAs,
    cwd: '/',
    env: cleanEnvironment(),
    stdio: ['ignore', log, log],
    // Its own session: Ctrl-C must reach us alone, so that we drain before the database goes.
    detached: true,
  });
  child.on('error', () => undefined);
  closeSync(log);
  return child;
}

async function becomesReady(child: ChildProcess, cluster: string): Promise<boolean> {
  const deadline = Date.now() + startSeconds * 1000;
  while (!hasEnded(child)) {
    if (readStatus(child, cluster) === 'ready') return true;
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      throw new EmbeddedFailure(
        `The database in ${cluster} was not ready after ${startSeconds} seconds; see its log beside it.`,
      );
    }
    await sleep(10);
  }
  return false;
}

/** The eighth line of the server's own pid file tells how far it is. */
function readStatus(child: ChildProcess, cluster: string): string | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === child.pid ? lines[7]?.trim() : undefined;
  } catch {
    return undefined;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** On a full disk the server cannot even log that it is full. */
function hasRoom(cluster: string): boolean {
  const disk = statfsSync(cluster);
  return disk.bavail * disk.bsize > 1_000_000;
}

function readLog(logFile: string): string {
  try {
    return readFileSync(logFile, 'utf8').slice(-8000);
  } catch {
    return '';
  }
}

function watch(child: ChildProcess, logFile: string): RunningPostgres {
  const onExit = () => child.kill('SIGINT');
  process.once('exit', onExit);
  const trim = setInterval(() => boundLog(logFile), 60_000);
  trim.unref();
  child.unref();
  const ended = new Promise<'shut down' | 'died'>((tell) => {
    const end = (code: number | null) => {
      process.off('exit', onExit);
      clearInterval(trim);
      tell(code === 0 ? 'shut down' : 'died');
    };
    if (hasEnded(child)) end(child.exitCode);
    else child.once('exit', end);
  });
  const stop = () => (hasEnded(child) ? Promise.resolve() : stopChild(child));
  return { pid: child.pid ?? 0, ended, stop };
}

/** The server appends, so cutting the file under it is safe. */
function boundLog(logFile: string): void {
  try {
    if (statSync(logFile).size > logLimit) truncateSync(logFile);
  } catch {
    // A log that cannot be cut is no reason to stop.
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  child.kill('SIGINT');
  const deadline = Date.now() + fastStopSeconds * 1000;
  while (!hasEnded(child)) {
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      throw new EmbeddedFailure(
        `The database (pid ${child.pid}) did not stop within ${fastStopSeconds} seconds and was told to quit at once; the next start will recover it.`,
      );
    }
    await sleep(10);
  }
}
