import { sql } from '../../../../platform/db/database.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { system } from '../../../../platform/events/event-map.ts';
import type { JobRunner } from '../../../../platform/jobs/job.ts';
import { ticketFiles } from '../../../tickets/index.ts';

const everyMinutes = 10;
const batch = 50;

/** Moves the bytes of mails that were read out of the database, so that a burst is not slowed by the disk. */
export const storeRaws: JobRunner = async (desk, job) => {
  const rows = await desk.db.all<{ id: number }>(sql`
    select id from mails where raw is not null and fate <> 'received' order by id limit ${batch}`);
  for (const row of rows) await storeRaw(desk, row.id);
  await desk.run(system, async (cx) => enqueueNextRun(cx, rows.length === batch), { job });
};

/** One at a time: fifty of the largest would not fit in memory. */
async function storeRaw(desk: Desk, mailId: number): Promise<void> {
  const row = await desk.db.maybe<{ raw: Buffer | null }>(sql`select raw from mails where id = ${mailId}`);
  if (!row?.raw) return;
  // The bytes are on disk before a row says so.
  const file = await ticketFiles.storeFile(desk, row.raw);
  await desk.db.write(sql`
    update mails set raw = null, file = ${Buffer.from(file.sha256, 'hex')} where id = ${mailId} and not erased`);
}

interface Enqueuing {
  now: Date;
  enqueue(job: {
    kind: string;
    payload: Record<string, unknown>;
    runAt: Date;
    key: string;
    priority: number;
  }): void;
}

/** One run in each slot of ten minutes, however many processes ask; a backlog goes on after ten seconds. */
export function enqueueNextRun(cx: Enqueuing, soon = false): void {
  const slot = (soon ? 10 : everyMinutes * 60) * 1000;
  const runAt = new Date((Math.floor(cx.now.getTime() / slot) + 1) * slot);
  cx.enqueue({
    kind: 'mail.store_raws',
    payload: {},
    runAt,
    key: `mail.store_raws:${runAt.toISOString()}`,
    priority: 9,
  });
}
