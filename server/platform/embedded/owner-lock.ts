import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedFailure, EmbeddedInUse } from './embedded-failure.ts';
import { findProcessStart, getPidSpace } from './process-identity.ts';

type Owner = {
  token: string;
  pid: number;
  processStart: string | undefined;
  pidSpace: string;
  host: string;
  since: string;
  socketFolder: string;
};

export type OwnerLock = { previousSocketFolder: string | undefined; release(): Promise<void> };

const beatSeconds = 3;
const silentSeconds = 12;

/**
 * Makes this process the one owner of the database folder, or throws EmbeddedInUse. A hard link appears whole or
 * not at all, so of two starters one wins. An owner of our own pid space is judged by its process; one of another
 * (a container on the same volume) by the heartbeat it leaves on the file.
 */
export async function takeOwnerLock(file: string, socketFolder: string): Promise<OwnerLock> {
  const owner = describeSelf(socketFolder);
  const draft = `${file}.${owner.token}`;
  await writeFile(draft, JSON.stringify(owner), { mode: 0o644 });
  try {
    let previousSocketFolder: string | undefined;
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (await tryLink(draft, file)) return holdLock(file, owner.token, previousSocketFolder);
      const other = await readOwner(file);
      if (other === 'absent') continue;
      if (other !== 'unreadable' && (await isAlive(other, file))) throw describeUse(file, other);
      await removeDeadLock(file, draft, other);
      if (other !== 'unreadable') previousSocketFolder = other.socketFolder;
    }
  } finally {
    await rm(draft, { force: true });
  }
  throw new EmbeddedFailure(`Could not take the lock ${file}; remove it if no Firstline is running.`);
}

function describeSelf(socketFolder: string): Owner {
  return {
    token: randomUUID(),
    pid: process.pid,
    processStart: findProcessStart(process.pid),
    pidSpace: getPidSpace(),
    host: hostname(),
    since: new Date().toISOString(),
    socketFolder,
  };
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readOwner(file: string): Promise<Owner | 'absent' | 'unreadable'> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'absent';
    if (error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}

async function isAlive(owner: Owner, file: string): Promise<boolean> {
  if (owner.pidSpace === getPidSpace()) {
    const start = findProcessStart(owner.pid);
    return start !== undefined && start === owner.processStart;
  }
  const deadline = Date.now() + silentSeconds * 1000;
  const first = await readBeat(file);
  while (Date.now() < deadline) {
    await sleep(500);
    if ((await readBeat(file)) !== first) return true;
  }
  return false;
}

async function readBeat(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

/** Two starters may both see the same dead owner; only the one that holds the inner lock may remove it. */
async function removeDeadLock(file: string, draft: string, seen: Owner | 'unreadable'): Promise<void> {
  const inner = `${file}.takeover`;
  if (!(await tryLink(draft, inner))) {
    const rival = await readOwner(inner);
    if (rival === 'unreadable' || (rival !== 'absent' && !(await isAlive(rival, inner)))) await rm(inner);
    await sleep(50);
    return;
  }
  try {
    const now = await readOwner(file);
    const same =
      typeof now === 'string' || typeof seen === 'string' ? now === seen : now.token === seen.token;
    if (same) await rm(file, { force: true });
  } finally {
    await rm(inner, { force: true });
  }
}

function describeUse(file: string, owner: Owner): EmbeddedInUse {
  const who = owner.pid === process.pid ? 'this process' : 'another Firstline';
  return new EmbeddedInUse(
    `The database in ${dirname(file)} is in use by ${who} (pid ${owner.pid} on ${owner.host}, since ${owner.since}). Stop it first, or point DATA_DIR elsewhere.`,
    owner,
  );
}

function holdLock(file: string, token: string, previousSocketFolder: string | undefined): OwnerLock {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, beatSeconds * 1000);
  beat.unref();
  return {
    previousSocketFolder,
    async release() {
      clearInterval(beat);
      const owner = await readOwner(file);
      if (typeof owner !== 'string' && owner.token === token) await rm(file, { force: true });
    },
  };
}
