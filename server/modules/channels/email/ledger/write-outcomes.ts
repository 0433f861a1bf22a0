import type { CommandContext } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { LeaseLost } from '../../../../platform/jobs/job.ts';
import type { MailCause } from '../../contract.ts';
import type { Fate } from '../../events.ts';
import type { ReadMail } from '../reading/read-mail.ts';
import { fromAddressOf } from '../screen-mail.ts';
import type { MailRow } from './mail-row.ts';

/** What became of a mail, as the ledger will say it. */
export interface Outcome {
  mailId: number;
  fate: Fate;
  cause?: MailCause | null;
  detail?: string | null;
  flags?: string[];
  trust?: 'pass' | 'fail' | 'unknown' | null;
  ticketId?: number | null;
  messageId?: number | null;
  duplicateOf?: number | null;
  headerId?: string | null;
  fromAddress?: string | null;
  fromName?: string | null;
  subject?: string | null;
}

/** What the ledger shows of a mail, whatever its fate. */
export function describeMail(
  mail: MailRow,
  letter: ReadMail,
  trust: 'pass' | 'fail' | 'unknown',
  known: { knownHeaderIds: ReadonlySet<string> },
): Omit<Outcome, 'fate'> {
  const headerId = letter.mail.messageId;
  const reused = headerId !== null && known.knownHeaderIds.has(headerId) && mail.attempts === 0;
  return {
    mailId: mail.id,
    trust,
    flags: reused ? ['message_id_reused'] : [],
    headerId,
    fromAddress: letter.mail.from ? fromAddressOf(letter) : null,
    fromName: letter.mail.from?.name ?? null,
    subject: letter.mail.subject.slice(0, 500),
  };
}

const text = (value: string | null | undefined): string | null => value?.replaceAll('\u0000', '') ?? null;

/** Writes the fates of a batch at once and tells of the held ones; refuses when somebody else decided meanwhile. */
export async function writeOutcomes(cx: CommandContext, outcomes: Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const column = <V>(pick: (outcome: Outcome) => V | null | undefined) =>
    outcomes.map((one) => pick(one) ?? null);
  const written = await cx.tx.write(sql`
    update mails set fate = o.fate, cause = o.cause, detail = o.detail, 
      flags = coalesce(string_to_array(nullif(o.flags, ''), ','), '{}'),
      trust = o.trust, ticket_id = o.ticket_id, message_id = o.message_id, duplicate_of = o.duplicate_of,
      header_id = coalesce(o.header_id, mails.header_id), from_address = coalesce(o.from_address, mails.from_address),
      from_name = coalesce(o.from_name, mails.from_name), subject = coalesce(o.subject, mails.subject),
      attempts = mails.attempts + 1, read_at = ${cx.now}
    from unnest(${column((one) => one.mailId)}::bigint[], ${column((one) => one.fate)}::text[],
      ${column((one) => one.cause)}::text[], ${column((one) => text(one.detail))}::text[],
      ${column((one) => (one.flags ?? []).join(','))}::text[], ${column((one) => one.trust)}::text[],
      ${column((one) => one.ticketId)}::bigint[], ${column((one) => one.messageId)}::bigint[],
      ${column((one) => one.duplicateOf)}::bigint[], ${column((one) => text(one.headerId))}::text[],
      ${column((one) => text(one.fromAddress))}::text[], ${column((one) => text(one.fromName))}::text[],
      ${column((one) => text(one.subject))}::text[])
      as o (id, fate, cause, detail, flags, trust, ticket_id, message_id, duplicate_of, header_id, from_address,
        from_name, subject)
    where mails.id = o.id and mails.fate = 'received'`);
  if (written !== outcomes.length) throw new LeaseLost('these mails were read by another worker');
  for (const one of outcomes) recordHeld(cx, one);
}

function recordHeld(cx: CommandContext, { mailId, fate, cause, duplicateOf }: Outcome): void {
  if (fate === 'suspended') cx.record('mail.suspended', null, { mailId, cause: cause ?? 'unknown' });
  if (fate === 'quarantined') cx.record('mail.quarantined', null, { mailId, reason: cause ?? 'unknown' });
  if (fate === 'duplicate' && duplicateOf) cx.record('mail.duplicated', null, { mailId, of: duplicateOf });
}
