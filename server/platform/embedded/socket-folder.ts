import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { EmbeddedFailure } from './embedded-failure.ts';
import type { Launcher } from './launcher.ts';

const addressLimitBytes = 107;
const namePrefix = 'firstline-';
export const socketPort = 5432;

/** A new folder that only we can enter: whoever can reach the socket in it is the database's owner. */
export async function makeSocketFolder(): Promise<string> {
  const parents = [tmpdir(), '/tmp'];
  for (const parent of parents) {
    const longest = join(parent, `${namePrefix}XXXXXX`, `.s.PGSQL.${socketPort}.lock`);
    if (Buffer.byteLength(longest) > addressLimitBytes) continue;
    const folder = await mkdtemp(join(parent, namePrefix)).catch(() => undefined);
    if (folder !== undefined) return folder;
  }
  throw new EmbeddedFailure(
    `No short, writable temporary folder for the database's socket (tried ${parents.join(', ')}); set TMPDIR to one.`,
  );
}

export async function giveSocketFolder(launcher: Launcher, folder: string): Promise<void> {
  if (launcher.spawnAs.uid !== undefined) await chown(folder, launcher.ownerUid, launcher.ownerUid);
}

/** Removes a folder of ours; a name from a lock file that does not look like one is left alone. */
export async function removeSocketFolder(folder: string | undefined): Promise<void> {
  if (folder === undefined || !basename(folder).startsWith(namePrefix)) return;
  await rm(folder, { recursive: true, force: true });
}
