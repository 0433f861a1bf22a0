import { freeBytes } from '../../../platform/free-bytes.ts';

const freshMilliseconds = 2000;

/** Is so much room left in this folder? Asked at most every two seconds. */
export function watchDiskSpace(folder: string, spareBytes: number): () => Promise<boolean> {
  let askedAt = 0;
  let enough = true;
  return async () => {
    if (Date.now() - askedAt < freshMilliseconds) return enough;
    askedAt = Date.now();
    enough = ((await freeBytes(folder)) ?? spareBytes) >= spareBytes;
    return enough;
  };
}
