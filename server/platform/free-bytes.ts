import { statfs } from 'node:fs/promises';

/** What a process of ours may still write in this folder; null when nobody can tell. */
export async function freeBytes(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk && disk.bavail * disk.bsize;
}
