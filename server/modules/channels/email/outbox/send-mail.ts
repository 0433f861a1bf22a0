import { sql } from '../../../../platform/db/database.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { failpoint } from '../../../../platform/failpoint.ts';
import type { JobRunner } from '../../../../platform/jobs/job.ts';
import { type Answer, answerAll, openRecipients } from './answers.ts';
import { deliver } from './deliver.ts';
import { keepMail } from './keep-mail.ts';
import { makeRaw } from './make-raw.ts';
import { settleTry } from './settle-try.ts';
import { type Started, startSending } from './start-sending.ts';

/** Sends one mail of the outbox to whoever has not got it yet, or keeps it there when the desk has no relay. */
export const sendOutgoing: JobRunner = async (desk, job) => {
  const { outgoingId } = job.payload as { outgoingId: number };
  const { smtpUrl } = desk.config;
  if (!smtpUrl) return keepMail(desk, job, outgoingId);
  const row = await startSending(desk, outgoingId);
  if (!row) return;
  const raw = await makeRaw(desk, row);
  const answers = Buffer.isBuffer(raw) ? await trySending(desk, smtpUrl, row, raw) : answerAll(row, raw);
  await settleTry(desk, job, row, answers);
};

async function trySending(desk: Desk, smtpUrl: string, row: Started, raw: Buffer): Promise<Answer[]> {
  const left = openRecipients(row);
  if (left.length === 0) return [];
  // The same bytes on every try: whoever gets it twice can tell that it is one mail.
  if (!row.raw) await desk.db.write(sql`update outgoing_mails set raw = ${raw} where id = ${row.id}`);
  failpoint('outbox.sending');
  const answers = await deliver(smtpUrl, row.returnPath, left, raw);
  failpoint('outbox.accepted');
  return answers;
}
