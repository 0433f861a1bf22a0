import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const lockFile = join(root, 'package-lock.json');
const hiddenLockFile = join(root, 'node_modules', '.package-lock.json');
const stampFile = join(root, 'node_modules', '.firstline-install.json');

/** Whether node_modules holds what the lockfile says; `dev` asks for the developers' tools too. */
export function isInstalled(dev) {
  const stamp = readJson(stampFile);
  const now = readState();
  if (stamp?.lock === now.lock && stamp.tree === now.tree && (stamp.dev || !dev)) return true;
  if (!treeMatches(dev)) return false;
  writeInstallStamp();
  return true;
}

export function hasDevTools() {
  return treeMatches(true) || readJson(stampFile)?.dev === true;
}

/** Spares the next start the comparison of every package. */
export function writeInstallStamp() {
  try {
    writeFileSync(stampFile, JSON.stringify({ ...readState(), dev: treeMatches(true) }));
  } catch {
    // Installed by another user: the next start compares again, which takes a few milliseconds.
  }
}

function readState() {
  const tree = existsSync(hiddenLockFile) ? statSync(hiddenLockFile).mtimeMs : 0;
  return { lock: createHash('sha256').update(readFileSync(lockFile)).digest('hex'), tree };
}

function treeMatches(dev) {
  const installed = readJson(hiddenLockFile)?.packages;
  return installed !== undefined && holdsWanted(readJson(lockFile).packages, installed, dev);
}

/** npm lists what it really installed in a lockfile of its own, written when it is done; both are given here. */
export function holdsWanted(wantedPackages, installedPackages, dev) {
  return Object.entries(wantedPackages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installedPackages[path];
    if (found !== undefined) return found.version === wanted.version;
    return wanted.optional === true || wanted.peer === true || ((wanted.dev || wanted.devOptional) && !dev);
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
