import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import type { JobRunner } from '../../platform/jobs/job.ts';

export const dropKind = 'tickets.drop_file';
const dropPayload = z.object({ sha256: z.hex() });

/** Asks for the bytes to go when nothing refers to them any more. */
export function dropUnusedFiles(cx: CommandContext, sha256s: string[]): void {
  for (const sha256 of new Set(sha256s)) {
    cx.enqueue({ kind: dropKind, key: `${dropKind}:${sha256}:${cx.commandId}`, payload: { sha256 } });
  }
}

export const dropFile: JobRunner = async (desk, job) => {
  const { sha256 } = dropPayload.parse(job.payload);
  const bytes = Buffer.from(sha256, 'hex');
  try {
    await desk.run(system, async (cx) => {
      const used = await cx.tx.maybe(sql`select from attachments where sha256 = ${bytes} limit 1`);
      if (used) return;
      const gone = await cx.tx.write(sql`delete from files where sha256 = ${bytes}`);
      // Under the row's lock: an upload of the same bytes waits, then finds them missing and writes them again.
      if (gone > 0) await desk.files.remove(sha256);
    });
  } catch (error) {
    // Another module keeps this file: it stays.
    if ((error as { code?: string }).code !== '23503') throw error;
  }
};
