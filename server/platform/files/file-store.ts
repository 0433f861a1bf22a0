import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { failpoint } from '../failpoint.ts';
import { makeFolder } from './make-folder.ts';

/** Bytes on disk under their SHA-256; a name a person chose never becomes a path. */
export interface FileStore {
  /** Durable when it returns: temp file, fsync, rename, fsync of the folder. Write the row after it. */
  write(bytes: Uint8Array): Promise<StoredFile>;
  read(sha256: string): Readable;
  has(sha256: string): Promise<boolean>;
  remove(sha256: string): Promise<void>;
}

export interface StoredFile {
  /** Lower-case hex. */
  sha256: string;
  size: number;
}

export async function openFileStore(folder: string): Promise<FileStore> {
  const incoming = path.join(folder, 'incoming');
  await makeFolder(incoming, 0o700);
  // What a crash left half-written has no row and no name: it can go.
  for (const name of await readdir(incoming)) await rm(path.join(incoming, name), { force: true });
  const place = (sha256: string) => path.join(folder, sha256.slice(0, 2), sha256);

  return {
    async write(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const target = place(sha256);
      if (await exists(target)) return { sha256, size: bytes.byteLength };
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      const temporary = path.join(incoming, randomUUID());
      try {
        await writeDurably(temporary, bytes);
        await rename(temporary, target);
        await syncFolder(path.dirname(target));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      failpoint('files.written');
      return { sha256, size: bytes.byteLength };
    },
    read: (sha256) => createReadStream(place(sha256)),
    has: (sha256) => exists(place(sha256)),
    remove: (sha256) => rm(place(sha256), { force: true }),
  };
}

async function writeDurably(target: string, bytes: Uint8Array): Promise<void> {
  const file = await open(target, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(target: string): Promise<boolean> {
  return stat(target).then(
    () => true,
    () => false,
  );
}
