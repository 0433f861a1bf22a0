import { statfs } from 'node:fs/promises';

const enoughBytes = 200 * 1024 * 1024;
const freshMilliseconds = 2000;

/** Is there room for more mail in this folder? Asked at most every two seconds. */
export function watchDiskSpace(folder: string): () => Promise<boolean> {
  let askedAt = 0;
  let enough = true;
  return async () => {
    if (Date.now() - askedAt < freshMilliseconds) return enough;
    askedAt = Date.now();
    const disk = await statfs(folder).catch(() => null);
    enough = disk === null || disk.bavail * disk.bsize >= enoughBytes;
    return enough;
  };
}
