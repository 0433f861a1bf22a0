import { MailRefusal } from './mail-limits.ts';
import { readMail } from './read-mail.ts';
import type { ReaderAnswer, ReaderTask } from './reader-pool.ts';

/** Body of the reader process: one mail in, one answer out, for as long as its pool wants it. */
process.on('message', (task: ReaderTask) => {
  process.send?.(answer(task));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });

function answer(task: ReaderTask): ReaderAnswer {
  try {
    const raw = Buffer.from(task.raw.buffer, task.raw.byteOffset, task.raw.byteLength);
    return { id: task.id, read: readMail(raw) };
  } catch (error) {
    if (error instanceof MailRefusal) return { id: task.id, reason: error.reason, detail: error.detail };
    return { id: task.id, reason: 'unreadable', detail: String(error).slice(0, 500) };
  }
}
