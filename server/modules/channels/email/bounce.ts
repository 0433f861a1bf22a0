import type { CommandContext } from '../../../platform/command.ts';
import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { BatchFacts } from './gather-facts.ts';
import type { Judged } from './judge-mail.ts';
import type { Outcome } from './ledger/write-outcomes.ts';
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
  const failed = recipients.find((one) => one.action === 'failed') ?? recipients[0];
  const delayed = recipients.length > 0 && recipients.every((one) => one.action !== 'failed');
  const status = failed?.status || null;
  if (outgoing.ticketId !== null && !delayed) {
    const bounced = { mailId: judged.mail.id, outgoingId: outgoing.id, hard: failed?.hard ?? false, status };
    cx.record('mail.bounced', outgoing.ticketId, bounced);
  }
  return {
    ...described,
    fate: 'bounce',
    cause: delayed ? 'delayed' : failed?.hard ? 'hard' : 'soft',
    detail: status,
    ticketId: outgoing.ticketId,
  };
}

/** By our return path, by the Message-ID it reports on, or by one it answers; each must carry our signature. */
async function findReported(
  db: Queryable,
  { mail, inbox }: Judged,
  letter: ReadMail,
  { keys }: BatchFacts,
): Promise<{ id: number; ticketId: number | null } | undefined> {
  if (!inbox) return undefined;
  const { plus } = splitAddress(mail.envelopeTo);
  const returned = plus === null ? null : readPlusToken(keys, inbox.id, plus);
  const ids = [letter.class.report?.originalMessageId, ...letter.mail.inReplyTo, ...letter.mail.references];
  const named = ids.slice(0, 60).map((id) => (id ? readMessageIdToken(keys, inbox.id, id) : null));
  const token = returned?.content ?? named.find((one) => one !== null);
  if (!token) return undefined;
  return db.maybe(sql`select id, ticket_id as "ticketId" from outgoing_mails where id = ${token.outgoingId}`);
}
