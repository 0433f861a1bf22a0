import type { CommandContext } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { jsonRows } from '../../../../platform/db/json-rows.ts';
import { conflict, notFound } from '../../../../platform/http/errors.ts';
import { hastenJob } from '../../../../platform/jobs/insert-jobs.ts';
import { acceptedOf } from './answers.ts';
import { enqueueSending } from './insert-outgoing.ts';
import { findOutgoing } from './outgoing-row.ts';

const retryable = new Set(['failed', 'partly_failed', 'kept', 'retrying', 'uncertain', 'held']);

/**
 * Tries a mail again now for everybody who has not got it, with the Message-ID and the bytes it always had. Event:
 * mail.retried.
 */
export async function retryOutgoing(cx: CommandContext, input: { outgoingId: number }): Promise<void> {
  const row = await findOutgoing(cx.tx, input.outgoingId);
  if (!row) throw notFound('This mail');
  if (row.state === 'waiting') return;
  if (!retryable.has(row.state)) {
    throw conflict('Only a mail that somebody has not got can be tried again.', { state: row.state });
  }
  const accepted = acceptedOf(row.answers);
  // What waits is not said yet; what some have was.
  const state = accepted.length > 0 ? 'retrying' : 'waiting';
  await cx.tx.write(sql`update outgoing_mails set state = ${state}, send_at = ${cx.now},
    answers = ${jsonRows(accepted)}::jsonb where id = ${row.id}`);
  // A try that is planned for later is brought forward; a mail without one gets one.
  await hastenJob(cx, `mail.send:${row.id}`);
  enqueueSending(cx, row.id, cx.now);
  cx.record('mail.retried', row.ticketId, { outgoingId: row.id });
}
