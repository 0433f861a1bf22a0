import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../server/platform/db/database.ts';
import { startEmbedded } from '../../server/platform/embedded/start-embedded.ts';
import { sweepFiles } from '../../server/platform/files/sweep-files.ts';
import { call, freePort, type RunningProcess, startProcess, untilReady } from '../running-desk.ts';
import { brokenInvariants } from './invariants.ts';
import { type Sender, startSender } from './mail-sender.ts';

export interface KillPlan {
  seed: number;
  appKills: number;
  databaseKills: number;
  /** At least so many mails must have been acknowledged in the end. */
  mails: number;
  /** So many must have been acknowledged since the last kill for a round to count: ten, or fewer for a slow build. */
  acknowledgedEach?: number;
  /** Extra arguments for node, to run a build that is broken on purpose. */
  nodeOptions?: string;
}

export interface KillReport {
  rounds: number;
  /** All, with those that did not count. */
  kills: number;
  /** Of the rounds, those of at most 500 ms and a timer's slip; a slow machine needs longer for ten mails. */
  early: number;
  acknowledged: number;
  /** While the desk was up. */
  mailsPerSecond: number;
  lost: string[];
  doubled: string[];
  unknown: string[];
  broken: object[];
}

const senders = 4;

/**
 * Kills the app or its database at a seeded moment, 50 to 500 ms after it was last ready, while four senders keep mails
 * in flight, then compares the senders' ledgers with what the desk has. A round counts only if a mail was
 * unacknowledged at the kill and ten were acknowledged since the last: else it is one more kill.
 */
export async function killWhileMailArrives(plan: KillPlan): Promise<KillReport> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-kill-'));
  const env = {
    DATA_DIR: path.join(folder, 'desk data'),
    PORT: String(await freePort()),
    SMTP_LISTEN: `127.0.0.1:${await freePort()}`,
    LOG_LEVEL: 'silent',
    ...(plan.nodeOptions ? { NODE_OPTIONS: plan.nodeOptions } : {}),
  };
  const smtp = { host: '127.0.0.1', port: Number(env.SMTP_LISTEN.split(':')[1]) };
  let running = await untilReady(await startProcess(env));
  const ledgers = Array.from({ length: senders }, (_, n) => path.join(folder, `ledger-${n}`));
  const mailers = ledgers.map((ledgerFile, n) =>
    startSender({ name: `s${n}`, smtp, ledgerFile, pauseMs: 15 }),
  );
  const chance = seededChance(plan.seed);
  const wanted = plan.appKills + plan.databaseKills;
  const left = { app: plan.appKills, database: plan.databaseKills };
  let [rounds, kills, early, upMs] = [0, 0, 0, 0];
  try {
    // On a machine where ten mails take longer, rounds that do not count stretch the next one's life.
    for (let stretch = 1; rounds < wanted; ) {
      const before = total(mailers);
      const up = performance.now();
      await pause((50 + chance() * 450) * stretch);
      const counts =
        total(mailers) >= before + (plan.acknowledgedEach ?? 10) &&
        mailers.some((one) => one.inFlight() !== null);
      const lived = performance.now() - up;
      upMs += lived;
      kills += 1;
      // By turns also while no round counts: a database that dies every second is given ever longer pauses.
      const target =
        left.app === 0 || (left.database > 0 && isTurn(kills, plan.databaseKills, wanted))
          ? 'database'
          : 'app';
      if (target === 'database') {
        await killDatabase(env.DATA_DIR, running);
      } else {
        await running.kill();
        running = await untilReady(await startProcess(env));
      }
      stretch = counts ? 1 : stretch * 1.25;
      if (!counts && stretch > 100) throw new Error('no round counts, however long it lives');
      if (!counts) continue;
      rounds += 1;
      left[target] -= 1;
      if (lived <= 510) early += 1;
    }
    const mailsPerSecond = Math.round((total(mailers) * 1000) / upMs);
    // However slow the machine: what is compared at the end is how many, not how fast.
    await until(() => total(mailers) >= plan.mails, 900);
    await Promise.all(mailers.map((one) => one.stop()));
    const desk = await readDesk(running);
    await running.stop();
    const told = ledgers.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean));
    return {
      rounds,
      kills,
      early,
      acknowledged: told.length,
      mailsPerSecond,
      ...compare(told, desk),
      broken: await checkInvariants(env.DATA_DIR),
    };
  } finally {
    for (const one of mailers) void one.stop();
    await running.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const total = (mailers: Sender[]) => mailers.reduce((sum, one) => sum + one.acknowledged.size, 0);

interface LedgerEntry {
  /** Null where the mail could not be read. */
  subject: string | null;
  fate: string;
  cause: string | null;
}

/** Every mail of the ledger, when none is waiting to be read any more. */
async function readDesk(running: RunningProcess): Promise<LedgerEntry[]> {
  await until(async () => {
    const answer = await call<{ items: unknown[] }>(
      running,
      'GET',
      '/api/desk/v1/mail/ledger?fate=received&limit=1',
    );
    return answer.status === 200 && answer.body.items.length === 0;
  }, 180);
  const entries: LedgerEntry[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const suffix: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page: { body: { items: LedgerEntry[]; nextCursor: string | null } } = await call(
      running,
      'GET',
      `/api/desk/v1/mail/ledger?limit=100${suffix}`,
    );
    entries.push(...page.body.items);
    cursor = page.body.nextCursor;
  }
  return entries;
}

function compare(told: string[], desk: LedgerEntry[]): Pick<KillReport, 'lost' | 'doubled' | 'unknown'> {
  const counts = new Map<string, number>();
  for (const entry of desk) {
    const key = entry.subject?.replace(/^ledger /, '') ?? `unread: ${entry.fate} ${entry.cause}`;
    const became = entry.fate === 'ticket' || entry.fate === 'reply' ? 1 : 0;
    counts.set(key, (counts.get(key) ?? 0) + became);
  }
  const known = new Set(told);
  return {
    lost: told.filter((key) => (counts.get(key) ?? 0) === 0),
    doubled: [...counts].filter(([, count]) => count > 1).map(([key]) => key),
    unknown: [...counts.keys()].filter((key) => !known.has(key)),
  };
}

/** And waits until there is another: backends that outlive their server for a moment still say that all is well. */
async function killDatabase(folder: string, running: RunningProcess): Promise<void> {
  const killed = databasePid(folder);
  if (killed === null) throw new Error('no database runs');
  process.kill(killed, 'SIGKILL');
  await until(() => (databasePid(folder) ?? killed) !== killed, 60);
  const ready = () =>
    fetch(`${running.url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  await until(ready, 60);
}

function databasePid(folder: string): number | null {
  try {
    return (
      Number.parseInt(readFileSync(path.join(folder, 'postgres/cluster/postmaster.pid'), 'utf8'), 10) || null
    );
  } catch {
    return null;
  }
}

export async function checkInvariants(folder: string): Promise<object[]> {
  const embedded = await startEmbedded({ folder: path.join(folder, 'postgres') });
  const db = openDatabase(embedded.connection, () => undefined);
  try {
    // The desk that recovered has swept what was there before it.
    const orphans = await sweepFiles(db, path.join(folder, 'files'), new Date());
    const broken = await brokenInvariants(db);
    return orphans === 0 ? broken : [...broken, { broken: 'I7 bytes without a row', id: orphans }];
  } finally {
    await db.close();
    await embedded.stop();
  }
}

export async function until(holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for ${holds}`);
    await pause(20);
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Spreads `times` turns evenly over `rounds`. */
function isTurn(round: number, times: number, rounds: number): boolean {
  return Math.floor(((round + 1) * times) / rounds) > Math.floor((round * times) / rounds);
}
