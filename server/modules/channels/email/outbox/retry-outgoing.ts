import type { CommandContext } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { conflict, notFound } from '../../../../platform/http/errors.ts';
import { hastenJob } from '../../../../platform/jobs/insert-jobs.ts';
import { enqueueSending } from './insert-outgoing.ts';
import { findOutgoing } from './outgoing-row.ts';

const retryable = new Set(['failed', 'kept', 'retrying', 'uncertain']);

/** Tries a mail again now, with the Message-ID it always had. Event: mail.retried. */
export async function retryOutgoing(cx: CommandContext, input: { outgoingId: number }): Promise<void> {
  const row = await findOutgoing(cx.tx, input.outgoingId);
  if (!row) throw notFound('This mail');
  if (row.state === 'waiting') return;
  if (!retryable.has(row.state)) {
    throw conflict('Only a mail that failed, waits or was kept can be tried again.', { state: row.state });
  }
  await cx.tx.write(
    sql`update outgoing_mails set state = 'waiting', send_at = ${cx.now} where id = ${row.id}`,
  );
  // A try that is planned for later is brought forward; a mail without one gets one.
  await hastenJob(cx, `mail.send:${row.id}`);
  enqueueSending(cx, row.id, cx.now);
  cx.record('mail.retried', row.ticketId, { outgoingId: row.id });
}
