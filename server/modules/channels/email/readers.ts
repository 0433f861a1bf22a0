import { MailRefusal, type RefusalReason } from './reading/mail-limits.ts';
import type { ReadMail } from './reading/read-mail.ts';
import { createReaderPool, type ReaderPool } from './reading/reader-pool.ts';

const idleMilliseconds = 60_000;

let pool: ReaderPool | null = null;
let idle: NodeJS.Timeout | undefined;

/** A mail that was read, or the reason why it cannot be. */
export type Letter = { read: ReadMail } | { refused: RefusalReason; detail: string };

/** Reads raw mail in this process's reader children, which are started by the first mail and end when idle. */
export async function readLetter(raw: Buffer): Promise<Letter> {
  pool ??= createReaderPool({ size: 2, timeoutMs: 10_000, memoryMb: 512 });
  clearTimeout(idle);
  try {
    return { read: await pool.read(raw) };
  } catch (error) {
    if (!(error instanceof MailRefusal)) throw error;
    // Not the mail's fault: the job tries again.
    if (/did not start|are closed/.test(error.detail)) throw error;
    return { refused: error.reason, detail: error.detail };
  } finally {
    clearTimeout(idle);
    idle = setTimeout(() => void closeReaders(), idleMilliseconds);
    idle.unref();
  }
}

export async function closeReaders(): Promise<void> {
  clearTimeout(idle);
  const closing = pool;
  pool = null;
  await closing?.close();
}
