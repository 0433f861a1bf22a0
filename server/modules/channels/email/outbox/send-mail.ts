import { sql } from '../../../../platform/db/database.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { system } from '../../../../platform/events/event-map.ts';
import { failpoint } from '../../../../platform/failpoint.ts';
import { type ClaimedJob, type JobRunner, RetryLater } from '../../../../platform/jobs/job.ts';
import { composeMail } from './compose-mail.ts';
import { type Delivery, deliver } from './deliver.ts';
import { type OutgoingRow, outgoingColumns } from './outgoing-row.ts';

const retrySeconds = [60, 300, 900, 3600, 7200];
const slowestRetrySeconds = 4 * 3600;
const givenUpSeconds = 5 * 24 * 3600;

/** Sends one mail of the outbox, or keeps it there when the desk has no relay. */
export const sendOutgoing: JobRunner = async (desk, job) => {
  const { outgoingId } = job.payload as { outgoingId: number };
  const row = await startSending(desk, outgoingId);
  if (!row) return;
  const raw = row.raw ?? (await makeRaw(desk, job, row));
  if (!raw) return;
  const { smtpUrl } = desk.config;
  if (!smtpUrl) return settleSent(desk, job, row, { state: 'kept', refused: null, raw });
  // The same bytes on every try: whoever gets it twice can tell that it is one mail.
  if (!row.raw) await desk.db.write(sql`update outgoing_mails set raw = ${raw} where id = ${row.id}`);
  failpoint('outbox.sending');
  const delivery = await deliver(smtpUrl, row, raw);
  failpoint('outbox.accepted');
  if (delivery.state === 'sent') return settleSent(desk, job, row, { ...delivery, raw });
  if (delivery.state === 'failed') return settleFailed(desk, job, row, delivery.code, delivery.error);
  await putOff(desk, job, row, delivery);
};

/** A mail that cannot be made, say because a file of it cannot be read, says so in the outbox and is tried again. */
async function makeRaw(desk: Desk, job: ClaimedJob, row: OutgoingRow): Promise<Buffer | null> {
  try {
    return await composeMail(desk, row);
  } catch (error) {
    await putOff(desk, job, row, { state: 'retrying', error: (error as Error).message });
    return null;
  }
}

/** From here on it cannot be withdrawn. A row found `sending` was being sent when its worker died. */
function startSending(desk: Desk, id: number): Promise<(OutgoingRow & { raw: Buffer | null }) | undefined> {
  return desk.db.maybe(sql`
    update outgoing_mails set state = 'sending', attempts = attempts + 1
    where id = ${id} and state in ('waiting', 'sending', 'retrying', 'uncertain')
    returning ${outgoingColumns}, raw`);
}

interface Sent {
  state: 'sent' | 'kept';
  refused: string | null;
  raw: Buffer;
}

async function settleSent(
  desk: Desk,
  job: ClaimedJob,
  row: OutgoingRow,
  { state, refused, raw }: Sent,
): Promise<void> {
  await desk.run(
    system,
    async (cx) => {
      cx.send(sql`update outgoing_mails set state = ${state}, sent_at = ${cx.now}, last_error = ${refused},
        raw = coalesce(raw, ${raw}) where id = ${row.id}`);
      cx.record('mail.sent', row.ticketId, { outgoingId: row.id, messageId: row.messageId, state });
    },
    { job, causedBy: job.causedBy },
  );
}

async function settleFailed(
  desk: Desk,
  job: ClaimedJob,
  row: OutgoingRow,
  code: string,
  error: string,
): Promise<void> {
  await desk.run(
    system,
    async (cx) => {
      await cx.tx.write(
        sql`update outgoing_mails set state = 'failed', last_error = ${error} where id = ${row.id}`,
      );
      cx.record('mail.failed', row.ticketId, { outgoingId: row.id, messageId: row.messageId, code });
    },
    { job, causedBy: job.causedBy },
  );
}

async function putOff(
  desk: Desk,
  job: ClaimedJob,
  row: OutgoingRow,
  delivery: Extract<Delivery, { state: 'retrying' | 'uncertain' }>,
): Promise<void> {
  const now = desk.clock.fixed() ?? new Date();
  if (now.getTime() - row.createdAt.getTime() > givenUpSeconds * 1000) {
    return settleFailed(desk, job, row, 'expired', delivery.error);
  }
  await desk.db.write(sql`update outgoing_mails set state = ${delivery.state}, last_error = ${delivery.error}
    where id = ${row.id}`);
  throw new RetryLater(retrySeconds[row.attempts - 1] ?? slowestRetrySeconds, delivery.error);
}
