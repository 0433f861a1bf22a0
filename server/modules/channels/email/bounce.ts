import type { CommandContext } from '../../../platform/command.ts';
import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { ReportedRecipient } from '../events.ts';
import { addressKey } from './address-key.ts';
import type { BatchFacts } from './gather-facts.ts';
import type { Judged } from './judge-mail.ts';
import type { Outcome } from './ledger/write-outcomes.ts';
import { customersAt } from './outbox/customers-at.ts';
import type { FailedRecipient } from './reading/bounce-recipients.ts';
import type { ReadMail } from './reading/read-mail.ts';
import { readMessageIdToken, readPlusToken, splitAddress } from './threads/mail-tokens.ts';

/**
 * A report about a mail of ours goes onto its ticket's timeline: no message, nothing reopened, no clock touched.
 * One about a mail we never sent is somebody using our address (backscatter).
 */
export async function recordBounce(
  cx: CommandContext,
  judged: Judged,
  letter: ReadMail,
  facts: BatchFacts,
  described: Omit<Outcome, 'fate'>,
): Promise<Outcome> {
  const outgoing = await findReported(cx.tx, judged, letter, facts);
  if (!outgoing) return { ...described, fate: 'suspended', cause: 'backscatter', detail: letter.class.sign };
  const recipients = letter.class.report?.recipients ?? [];
  const told = worstOf(recipients);
  const cause = causeOf(told);
  const status = told?.status || null;
  if (outgoing.ticketId !== null && cause !== 'delivered') {
    const troubled = await troubledBy(cx.tx, outgoing, recipients, cause);
    const reported = { mailId: judged.mail.id, outgoingId: outgoing.id, status, recipients: troubled };
    if (cause === 'delayed') cx.record('mail.delayed', outgoing.ticketId, reported);
    else cx.record('mail.bounced', outgoing.ticketId, { ...reported, hard: cause === 'hard' });
  }
  return { ...described, fate: 'bounce', cause, detail: status, ticketId: outgoing.ticketId };
}

/** Of several recipients the one that has to be known: who is not reached for good, not reached, waited for. */
function worstOf(recipients: readonly FailedRecipient[]): FailedRecipient | undefined {
  const failed = recipients.filter((one) => one.action === 'failed');
  return (
    failed.find((one) => one.hard) ??
    failed[0] ??
    recipients.find((one) => one.action === 'delayed') ??
    recipients[0]
  );
}

/**
 * Whom the report is about: who waits, where nobody failed, else who failed. Anybody can write a report; it names no
 * person whom this mail was not sent to.
 */
async function troubledBy(
  db: Queryable,
  { sentTo }: Reported,
  recipients: readonly FailedRecipient[],
  cause: 'hard' | 'soft' | 'delayed',
): Promise<ReportedRecipient[]> {
  const action = cause === 'delayed' ? 'delayed' : 'failed';
  const about = recipients.filter((one) => one.action === action);
  const people = await customersAt(db, sentTo);
  return about.map(({ address, status, hard }) => ({
    customerId: people.get(addressKey(address) ?? '') ?? null,
    status: status || null,
    hard,
  }));
}

interface Reported {
  id: number;
  ticketId: number | null;
  sentTo: string[];
}

/** `relayed` and `expanded` say that it went on from there, and nothing more will be heard. */
function causeOf(told: FailedRecipient | undefined): 'hard' | 'soft' | 'delayed' | 'delivered' {
  if (told?.action === 'delayed') return 'delayed';
  if (told && ['delivered', 'relayed', 'expanded'].includes(told.action)) return 'delivered';
  return told?.hard ? 'hard' : 'soft';
}

/** By our return path, by the Message-ID it reports on, or by one it answers; each must carry our signature. */
async function findReported(
  db: Queryable,
  { mail, inbox }: Judged,
  letter: ReadMail,
  { keys }: BatchFacts,
): Promise<Reported | undefined> {
  if (!inbox) return undefined;
  const { plus } = splitAddress(mail.envelopeTo);
  const returned = plus === null ? null : readPlusToken(keys, inbox.id, plus);
  const ids = [letter.class.report?.originalMessageId, ...letter.mail.inReplyTo, ...letter.mail.references];
  const named = ids.slice(0, 60).map((id) => (id ? readMessageIdToken(keys, inbox.id, id) : null));
  const token = returned?.content ?? named.find((one) => one !== null);
  if (!token) return undefined;
  return db.maybe(sql`
    select id, ticket_id as "ticketId", recipients || ccs as "sentTo" from outgoing_mails
    where id = ${token.outgoingId}`);
}
