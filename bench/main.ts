import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { admin, type RunningProcess, startProcess, untilReady } from '../test/running-desk.ts';
import { root } from '../test/source-files.ts';
import { type DiskUse, measureDisk } from './disk.ts';
import { LoadClient } from './load-client.ts';
import { cpuSeconds, measureHashes, measureMachine, pssMegabytes } from './machine.ts';
import { round } from './measure.ts';
import { measureMail, measureRows, type Row, readIds } from './rows.ts';
import { generateTickets, hasGenerator, toHistoryLine } from './tickets.ts';

/**
 * The benchmark: one run measures the machine, then the desk at two sizes, and prints figures beside their budgets.
 * `BENCH_TICKETS=1000,100000` chooses the sizes, `BENCH_MAILS=2000` the mails.
 */
const sizes = (process.env.BENCH_TICKETS ?? '1000,100000').split(',').map(Number);
const mailCount = Number(process.env.BENCH_MAILS ?? 2000);

interface SizeReport {
  tickets: number;
  importPerSecond: number;
  coldStartMs: number;
  restingPssMb: number;
  disk: DiskUse;
  cpuMsPerRequest: number;
  /** Of the machine, between the rows and before them. */
  hashesPerSecond: number[];
  rows: Row[];
}

async function main(): Promise<void> {
  if (!hasGenerator()) {
    process.stdout.write('SKIP the benchmark needs ../shared/data/bench/generate.mjs beside the checkout\n');
    return;
  }
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'firstline-bench-'));
  const machine = await measureMachine(scratch);
  const reports: SizeReport[] = [];
  for (const size of sizes) reports.push(await measureSize(size, path.join(scratch, String(size))));
  rmSync(scratch, { recursive: true, force: true });
  const growth = compareGrowth(reports);
  print(machine, reports, growth);
  const folder = path.join(root, 'docs/bench');
  mkdirSync(folder, { recursive: true });
  const date = new Date().toISOString();
  writeFileSync(
    path.join(folder, 'latest.json'),
    `${JSON.stringify({ date, machine, reports, growth }, null, 2)}\n`,
  );
}

async function measureSize(size: number, folder: string): Promise<SizeReport> {
  let running = await open(folder);
  const client = new LoadClient(Number(new URL(running.url).port), admin.token);
  const importPerSecond = await importTickets(client, size);
  await untilFollowed(client);
  await running.stop();
  client.close();
  const disk = await measureDisk(folder);
  const began = performance.now();
  running = await open(folder);
  const coldStartMs = performance.now() - began;
  const warm = new LoadClient(Number(new URL(running.url).port), admin.token);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const restingPssMb = pssMegabytes(running.child.pid ?? 0);
  const ids = await readIds(warm);
  await promiseEverybody(warm);
  const hashesPerSecond = [measureHashes()];
  const cpuBefore = cpuSeconds(running.child.pid ?? 0);
  const rows = await measureRows(warm, ids);
  const requests = rows.reduce((sum, row) => sum + (row.one?.n ?? 0) + (row.eight?.n ?? 0), 0);
  const cpuMsPerRequest = round(((cpuSeconds(running.child.pid ?? 0) - cpuBefore) * 1000) / requests);
  hashesPerSecond.push(measureHashes());
  await untilSent(warm);
  rows.unshift(await measureMail(warm, running.smtp, mailCount));
  warm.close();
  await running.stop();
  return {
    tickets: size,
    importPerSecond,
    coldStartMs: Math.round(coldStartMs),
    restingPssMb,
    disk,
    cpuMsPerRequest,
    hashesPerSecond,
    rows,
  };
}

/** Replies are measured with a promise running on every ticket. */
async function promiseEverybody(client: LoadClient): Promise<void> {
  const hours = { first_reply: 4, next_reply: 8, resolution: 72 };
  const targets = Object.entries(hours).map(([target, count]) => ({ target, seconds: count * 3600 }));
  await client.sendJson({
    method: 'POST',
    path: '/api/desk/v1/sla-policies',
    body: { name: 'Everybody', targets },
  });
}

async function open(folder: string): Promise<RunningProcess> {
  return untilReady(await startProcess({ DATA_DIR: folder }));
}

async function importTickets(client: LoadClient, size: number): Promise<number> {
  const began = performance.now();
  let lines: string[] = [];
  const flush = async () => {
    if (lines.length === 0) return;
    const answer = await client.send({
      method: 'POST',
      path: '/api/desk/v1/imports/history',
      body: `${lines.join('\n')}\n`,
      type: 'application/x-ndjson',
    });
    if (answer.status >= 300 || answer.text.includes('"fate":"refused"')) {
      throw new Error(`import answered ${answer.status}: ${answer.text.slice(0, 500)}`);
    }
    lines = [];
  };
  for await (const ticket of generateTickets(size, 42)) {
    lines.push(toHistoryLine(ticket, `bench${size}`));
    if (lines.length === 2000) await flush();
  }
  await flush();
  return Math.round((size * 1000) / (performance.now() - began));
}

/** Waits until search and figures have followed the log to its end. */
async function untilFollowed(client: LoadClient): Promise<void> {
  for (;;) {
    const state = await client.sendJson<{ head: number; items: { position: number }[] }>({
      method: 'GET',
      path: '/api/desk/v1/consumers',
    });
    if (state.head > 0 && state.items.every((item) => item.position >= state.head)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Replies leave ten seconds after they were written: mails are measured when those of the replies are gone. */
async function untilSent(client: LoadClient): Promise<void> {
  for (;;) {
    const waiting = await client.sendJson<{ items: unknown[] }>({
      method: 'GET',
      path: '/api/desk/v1/outbox?state=waiting&limit=1',
    });
    if (waiting.items.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

interface Growth {
  work: string;
  /** As measured, minutes apart. */
  ratio: number;
  /** The same as if the machine had been as fast both times. */
  steady: number;
  met: boolean;
}

function compareGrowth(reports: SizeReport[]): Growth[] {
  const [small, large] = [reports[0], reports.at(-1)];
  if (!small || !large || small === large) return [];
  const watched = [
    'list open tickets, 50 rows',
    'open a ticket with its thread',
    'reply',
    'create a ticket by API',
  ];
  return watched.map((work) => {
    const [before, after] = [small, large].map((report) => report.rows.find((row) => row.work === work));
    const ratio = (after?.one?.medianMs ?? 0) / (before?.one?.medianMs ?? 0);
    const steady = round((ratio * (after?.hashesPerSecond ?? 0)) / (before?.hashesPerSecond ?? 0));
    return { work, ratio: round(ratio), steady, met: steady <= 1.3 };
  });
}

function print(
  machine: Record<string, unknown>,
  reports: SizeReport[],
  growth: ReturnType<typeof compareGrowth>,
): void {
  process.stdout.write(
    `Machine: ${Object.entries(machine)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ')}\n`,
  );
  for (const report of reports) {
    process.stdout.write(
      `\n${report.tickets} tickets: import ${report.importPerSecond}/s, cold start ${report.coldStartMs} ms (goal 2000), `,
    );
    process.stdout.write(
      `at rest ${report.restingPssMb} MB of 400, ${report.cpuMsPerRequest} ms CPU a request, the machine at ${report.hashesPerSecond.join(' and ')} hashes/s\n`,
    );
    process.stdout.write(
      `  disk ${report.disk.megabytes} MB of 1000 at 100000: ${report.disk.parts.map((part) => `${part.name} ${part.megabytes}`).join(', ')}\n`,
    );
    for (const row of report.rows) {
      const shown = [row.one, row.eight].map((timing) =>
        timing ? `${timing.medianMs}/${timing.p95Ms} ms ${timing.perSecond}/s` : '—',
      );
      process.stdout.write(
        `  ${row.met ? 'met   ' : 'MISSED'} ${row.work.padEnd(42)} ${shown[0]?.padEnd(28)} ${shown[1]?.padEnd(28)} budget ${row.budget}${row.note ? `; ${row.note}` : ''}\n`,
      );
    }
  }
  for (const row of growth)
    process.stdout.write(
      `  ${row.met ? 'met   ' : 'MISSED'} growth of ${row.work}: ${row.steady}× (${row.ratio}× as the machine went), budget ≤ 1.3×\n`,
    );
}

await main();
