import { sql } from '../../../../platform/db/database.ts';
import { system } from '../../../../platform/events/event-map.ts';
import type { JobRunner } from '../../../../platform/jobs/job.ts';

/** Removes the bytes of an erased mail, unless something else still refers to them. */
export const dropMailFile: JobRunner = async (desk, job) => {
  const { sha256 } = job.payload as { sha256: string };
  const key = Buffer.from(sha256, 'hex');
  const gone = await desk
    .run(system, (cx) => cx.tx.write(sql`delete from files where sha256 = ${key}`))
    .catch((error: { code?: string }) => {
      if (error.code === '23503') return 0;
      throw error;
    });
  if (gone > 0) await desk.files.remove(sha256);
};
