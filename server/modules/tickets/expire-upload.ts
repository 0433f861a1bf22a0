import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { system } from '../../platform/events/event-map.ts';
import type { JobRunner } from '../../platform/jobs/job.ts';
import { dropUnusedFiles } from './drop-file.ts';

/** How long an upload waits for the message it was made for. */
const keptHours = 24;

export const expiryKind = 'tickets.expire_upload';
const expiryPayload = z.object({ key: z.string() });

/** Every upload has its own expiry job, a day later; it finds nothing to do when a message has it by then. */
export function scheduleExpiry(cx: CommandContext, key: string): void {
  const runAt = new Date(cx.now.getTime() + keptHours * 3_600_000);
  cx.enqueue({ kind: expiryKind, key: `${expiryKind}:${key}:${runAt.getTime()}`, payload: { key }, runAt });
}

/** An upload that no message claimed goes, its bytes after it; one that a draft still names waits another day. */
export async function expireUpload(cx: CommandContext, { key }: { key: string }): Promise<void> {
  const upload = await cx.tx.maybe<{ sha256: string; drafted: boolean }>(sql`
    select encode(sha256, 'hex') as sha256, exists (
        select from drafts where uploaded_by_kind = 'agent' and staff_id = uploaded_by
          and body @> jsonb_build_object('attachments', jsonb_build_array(jsonb_build_object('key', key)))) as drafted
    from attachments where key = ${key} and message_id is null for update of attachments`);
  if (!upload) return;
  if (upload.drafted) return scheduleExpiry(cx, key);
  await cx.tx.write(sql`delete from attachments where key = ${key}`);
  dropUnusedFiles(cx, [upload.sha256]);
}

export const runExpiry: JobRunner = async (desk, job) => {
  const payload = expiryPayload.parse(job.payload);
  await desk.run(system, (cx) => expireUpload(cx, payload), { job });
};
