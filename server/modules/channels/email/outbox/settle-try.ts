import type { CommandContext } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { jsonRows } from '../../../../platform/db/json-rows.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { system } from '../../../../platform/events/event-map.ts';
import { type ClaimedJob, RetryLater } from '../../../../platform/jobs/job.ts';
import { type Answer, acceptedOf, givenUp, stateAfter, troubleOf, withTry } from './answers.ts';
import { customersAt } from './customers-at.ts';
import type { OutgoingRow } from './outgoing-row.ts';

const retrySeconds = [60, 300, 900, 3600, 7200];
const slowestRetrySeconds = 4 * 3600;
const givenUpSeconds = 5 * 24 * 3600;

/**
 * Keeps what one try came to, and plans the next one for whoever has neither got it nor been refused for good. Events:
 * mail.sent when somebody more has it, mail.failed for those who will not get it.
 * @throws RetryLater
 */
export async function settleTry(
  desk: Desk,
  job: ClaimedJob,
  row: OutgoingRow,
  answered: Answer[],
): Promise<void> {
  const now = desk.clock.fixed() ?? new Date();
  const isOld = now.getTime() - row.createdAt.getTime() > givenUpSeconds * 1000;
  const tried = isOld ? givenUp(answered) : answered;
  const answers = withTry(row.answers, tried);
  const state = stateAfter(answers);
  const open = state === 'retrying' || state === 'uncertain';
  const trouble = troubleOf(answers);
  await desk.run(
    system,
    async (cx) => {
      const sentAt = isFirstTaken(row, tried) ? cx.now : row.sentAt;
      cx.send(sql`update outgoing_mails set state = ${state}, answers = ${jsonRows(answers)}::jsonb,
        last_error = ${trouble}, sent_at = ${sentAt}::timestamptz where id = ${row.id}`);
      await tell(cx, row, tried);
    },
    { causedBy: job.causedBy, ...(open ? {} : { job }) },
  );
  if (open) throw new RetryLater(retrySeconds[row.attempts - 1] ?? slowestRetrySeconds, trouble ?? state);
}

const isFirstTaken = (row: OutgoingRow, tried: readonly Answer[]): boolean =>
  acceptedOf(row.answers).length === 0 && acceptedOf(tried).length > 0;

async function tell(cx: CommandContext, row: OutgoingRow, tried: readonly Answer[]): Promise<void> {
  const mail = { outgoingId: row.id, messageId: row.messageId };
  if (acceptedOf(tried).length > 0) cx.record('mail.sent', row.ticketId, { ...mail, state: 'sent' });
  const refused = tried.filter(({ outcome }) => outcome === 'refused');
  const [first] = refused;
  if (!first) return;
  const people = await customersAt(
    cx.tx,
    refused.map(({ address }) => address),
  );
  cx.record('mail.failed', row.ticketId, {
    ...mail,
    code: codeOf(first),
    refused: refused.map((one) => ({
      customerId: people.get(one.address.toLowerCase()) ?? null,
      code: codeOf(one),
    })),
  });
}

const codeOf = ({ code }: Answer): string => code ?? 'unknown';
