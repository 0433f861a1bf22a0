import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedFailure } from './embedded-failure.ts';
import { findCommandLine, findProcessStart } from './process-identity.ts';

const fastStopSeconds = 20;
const immediateStopSeconds = 10;

/**
 * Ends what a killed owner left running on this cluster. Call it only while holding the owner lock. Nothing else is
 * ever signalled: a process counts only if it is PostgreSQL working in this very folder.
 */
export async function stopLeftovers(cluster: string): Promise<void> {
  const postmaster = readPostmasterPid(cluster);
  if (postmaster !== undefined && isPostgresOf(postmaster, cluster)) {
    process.kill(postmaster, 'SIGINT');
    if (!(await endsWithin(() => isPostgresOf(postmaster, cluster), fastStopSeconds))) {
      process.kill(postmaster, 'SIGQUIT');
    }
  }
  // The children of a killed postmaster notice its death by themselves, a moment later.
  if (!(await endsWithin(() => listPostgresOf(cluster).length > 0, immediateStopSeconds))) {
    throw new EmbeddedFailure(
      `A database left behind by an earlier start still runs on ${cluster} (pid ${listPostgresOf(cluster).join(', ')}); stop it and start again.`,
    );
  }
  // With nothing of ours running, a pid file that names a process names somebody else (pids are used again) or a
  // zombie that nobody collects; the server would refuse to start for either.
  if (postmaster !== undefined && pidIsTaken(postmaster)) {
    await rm(join(cluster, 'postmaster.pid'), { force: true });
  }
}

function readPostmasterPid(cluster: string): number | undefined {
  try {
    const first = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n', 1)[0];
    const pid = Number(first);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function pidIsTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function endsWithin(goesOn: () => boolean, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (goesOn()) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function listPostgresOf(cluster: string): number[] {
  if (process.platform !== 'linux') {
    const pid = readPostmasterPid(cluster);
    return pid !== undefined && isPostgresOf(pid, cluster) ? [pid] : [];
  }
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && isPostgresOf(pid, cluster));
}

function isPostgresOf(pid: number, cluster: string): boolean {
  if (findProcessStart(pid) === undefined) return false;
  if (process.platform !== 'linux') {
    const command = findCommandLine(pid) ?? '';
    return command.includes('postgres') && command.includes(cluster);
  }
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === cluster && /\/postgres\b/.test(readlinkSync(`/proc/${pid}/exe`))
    );
  } catch {
    return false;
  }
}
