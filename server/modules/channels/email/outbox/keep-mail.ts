import { sql } from '../../../../platform/db/database.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { system } from '../../../../platform/events/event-map.ts';
import type { ClaimedJob } from '../../../../platform/jobs/job.ts';
import { answerAll } from './answers.ts';
import { makeRaw } from './make-raw.ts';
import { type OutgoingRow, openStates } from './outgoing-row.ts';
import { settleTry } from './settle-try.ts';
import { findOpen, startSending } from './start-sending.ts';

/** Without a relay a mail stays readable in the outbox. Nothing leaves, so one commit is enough. Event: mail.sent. */
export async function keepMail(desk: Desk, job: ClaimedJob, outgoingId: number): Promise<void> {
  const row = await findOpen(desk, outgoingId);
  if (!row) return;
  const raw = await makeRaw(desk, row);
  if (Buffer.isBuffer(raw)) return settleKept(desk, job, row, raw);
  const started = await startSending(desk, outgoingId);
  if (started) await settleTry(desk, job, started, answerAll(started, raw));
}

async function settleKept(desk: Desk, job: ClaimedJob, row: OutgoingRow, raw: Buffer): Promise<void> {
  const { id: outgoingId, ticketId, messageId } = row;
  await desk.run(
    system,
    async (cx) => {
      const kept = await cx.tx.write(sql`
        update outgoing_mails set state = 'kept', attempts = attempts + 1, sent_at = ${cx.now}, last_error = null,
          raw = coalesce(raw, ${raw})
        where id = ${outgoingId} and state = any(${openStates}::text[])`);
      // Else it was withdrawn meanwhile.
      if (kept > 0) cx.record('mail.sent', ticketId, { outgoingId, messageId, state: 'kept' });
    },
    { job, causedBy: job.causedBy },
  );
}
