import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { LoadClient } from './load-client.ts';
import { round, time } from './measure.ts';

/** What this machine can do at all, measured in the same run, so that figures compare as ratios. */
export async function measureMachine(folder: string): Promise<Record<string, number | string>> {
  return {
    cores: os.cpus().length,
    memoryGiB: round(os.totalmem() / 2 ** 30),
    node: process.version,
    platform: `${os.platform()} ${os.release()}`,
    fsyncsPerSecond: measureFsync(folder),
    nullHttpPerSecond: await measureNullHttp(),
    hashesPerSecond: measureHashes(),
  };
}

/** How fast one core is just now: a shared machine can be half as fast an hour later, and all rows with it. */
export function measureHashes(milliseconds = 500): number {
  const began = performance.now();
  let digest = 'firstline';
  let count = 0;
  for (; performance.now() - began < milliseconds; count += 100) {
    for (let n = 0; n < 100; n++) digest = createHash('sha256').update(digest).digest('hex');
  }
  return Math.round((count * 1000) / (performance.now() - began));
}

function measureFsync(folder: string): number {
  const file = path.join(folder, 'fsync-probe');
  const handle = openSync(file, 'w');
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < 1000) {
    writeSync(handle, Buffer.alloc(4096, count & 255));
    fsyncSync(handle);
    count++;
  }
  closeSync(handle);
  rmSync(file);
  return Math.round((count * 1000) / (performance.now() - began));
}

async function measureNullHttp(): Promise<number> {
  const server = http.createServer((_request, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const client = new LoadClient(typeof address === 'object' && address ? address.port : 0, 'none');
  const timing = await time(3000, 8, () => client.send({ method: 'GET', path: '/' }));
  client.close();
  server.close();
  return timing.perSecond;
}

/** Proportional set size of a process and all its children, in MB: shared pages are counted once. */
export function pssMegabytes(pid: number): number {
  const kilobytes = descendants(pid).map((id) => {
    try {
      return Number(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return round(kilobytes.reduce((sum, value) => sum + value, 0) / 1024);
}

function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [pid];
  for (const id of found) found.push(...rows.filter((row) => row[1] === id).map((row) => row[0] as number));
  return found;
}

/** CPU seconds used so far by a process and its children. */
export function cpuSeconds(pid: number): number {
  const ticks = descendants(pid).map((id) => {
    try {
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    } catch {
      return 0;
    }
  });
  return ticks.reduce((sum, value) => sum + value, 0) / 100;
}

export function folderMegabytes(folder: string): number {
  let bytes = 0;
  const walk = (at: string) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const full = path.join(at, entry.name);
      if (entry.isDirectory()) walk(full);
      else if (entry.isFile()) bytes += statSync(full).size;
    }
  };
  walk(folder);
  return round(bytes / 2 ** 20);
}
