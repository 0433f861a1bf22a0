import { execFile } from 'node:child_process';
import { chown, lstat, readdir, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedFailure } from './embedded-failure.ts';

const run = promisify(execFile);
const nobody = 65534;

/**
 * How to run a program of PostgreSQL, which refuses to be root: as ourselves, inside a user namespace (where we
 * look like `nobody` and our files stay ours), as the ordinary user whose cluster it is, or as `nobody`.
 */
export type Launcher = {
  kind: 'self' | 'namespace' | 'owner' | 'nobody';
  prefix: string[];
  /** The user who owns the files, as seen from outside. */
  ownerUid: number;
  spawnAs: { uid?: number; gid?: number };
};

export async function chooseLauncher(folders: string[], clusterOwner: number | undefined): Promise<Launcher> {
  const ownUid = process.getuid?.() ?? 0;
  const parentWatch = (await works(['setpriv', '--pdeathsig', 'INT', 'true']))
    ? ['setpriv', '--pdeathsig', 'INT', '--']
    : [];
  if (ownUid !== 0 && hasPasswdEntry()) {
    return { kind: 'self', prefix: parentWatch, ownerUid: ownUid, spawnAs: {} };
  }
  const fromOwner = ownUid === 0 && clusterOwner !== undefined && ![0, nobody].includes(clusterOwner);
  if (fromOwner && (await findClosedFolder(folders, clusterOwner)) === undefined) {
    return {
      kind: 'owner',
      prefix: parentWatch,
      ownerUid: clusterOwner,
      spawnAs: { uid: clusterOwner, gid: nobody },
    };
  }
  const namespace = ['unshare', '-U', `--map-user=${nobody}`, `--map-group=${nobody}`, '--'];
  const closedToUs = await findClosedFolder(folders, ownUid);
  if (closedToUs === undefined && (await works([...namespace, 'true']))) {
    return { kind: 'namespace', prefix: [...namespace, ...parentWatch], ownerUid: ownUid, spawnAs: {} };
  }
  if (ownUid !== 0) return { kind: 'self', prefix: parentWatch, ownerUid: ownUid, spawnAs: {} };
  const closedToNobody = await findClosedFolder(folders, nobody);
  if (closedToNobody !== undefined) {
    throw new EmbeddedFailure(
      `The database does not run as root, and the user it runs as instead cannot enter ${closedToNobody}; run "chmod a+x ${closedToNobody}", start Firstline as an ordinary user, or move it elsewhere.`,
    );
  }
  return {
    kind: 'nobody',
    prefix: parentWatch,
    ownerUid: nobody,
    spawnAs: { uid: nobody, gid: nobody },
  };
}

async function works(command: string[]): Promise<boolean> {
  const [program, ...rest] = command;
  return run(program ?? '', rest, { timeout: 5000 }).then(
    () => true,
    () => false,
  );
}

function hasPasswdEntry(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

/** The first folder on the way that this user, without root's powers, could not enter. */
export async function findClosedFolder(folders: string[], uid: number): Promise<string | undefined> {
  for (const folder of folders) {
    for (const parent of listParents(resolve(folder))) {
      const entry = await stat(parent);
      const executeBit = entry.uid === uid ? 0o100 : uid === 0 && entry.gid === 0 ? 0o010 : 0o001;
      if ((entry.mode & executeBit) === 0) return parent;
    }
  }
  return undefined;
}

function listParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [...listParents(parent), parent];
}

/** Files made under another way of launching are given to the user of this one; only root can do that. */
export async function giveTo(launcher: Launcher, path: string): Promise<void> {
  const entry = await lstat(path);
  if (entry.uid === launcher.ownerUid) return;
  if (process.getuid?.() !== 0) {
    throw new EmbeddedFailure(
      `The database folder ${path} belongs to another user (uid ${entry.uid}); start Firstline as that user, or run "chown -R ${process.getuid?.()} ${path}".`,
    );
  }
  await chownTree(path, launcher.ownerUid);
}

async function chownTree(path: string, uid: number): Promise<void> {
  const entry = await lstat(path);
  if (entry.isSymbolicLink()) return;
  if (entry.isDirectory()) {
    for (const name of await readdir(path)) await chownTree(join(path, name), uid);
  }
  // The folder itself last: until then its owner says that the work is not finished.
  await chown(path, uid, uid);
}
