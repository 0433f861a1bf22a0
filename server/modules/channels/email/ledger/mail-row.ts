import { type Queryable, sql } from '../../../../platform/db/database.ts';
import type { MailCause } from '../../contract.ts';
import type { Fate } from '../../events.ts';

/** A mail as the ledger keeps it, without its bytes. */
export interface MailRow {
  id: number;
  receivedAt: Date;
  envelopeFrom: string;
  envelopeTo: string;
  remote: string;
  size: number;
  sha256: Buffer;
  erased: boolean;
  inboxId: number | null;
  fate: Fate;
  cause: MailCause | null;
  detail: string | null;
  flags: string[];
  trust: 'pass' | 'fail' | 'unknown' | null;
  ticketId: number | null;
  messageId: number | null;
  duplicateOf: number | null;
  fateBefore: Fate | null;
  headerId: string | null;
  fromAddress: string | null;
  fromName: string | null;
  subject: string | null;
  attempts: number;
  readAt: Date | null;
}

export const mailColumns = sql`id, received_at as "receivedAt", envelope_from as "envelopeFrom",
  envelope_to as "envelopeTo", remote, size, sha256, erased, inbox_id as "inboxId", fate, cause, detail, flags, trust,
  ticket_id as "ticketId", message_id as "messageId", duplicate_of as "duplicateOf", fate_before as "fateBefore",
  header_id as "headerId", from_address as "fromAddress", from_name as "fromName", subject, attempts,
  read_at as "readAt"`;

export function findMail(db: Queryable, id: number): Promise<MailRow | undefined> {
  return db.maybe<MailRow>(sql`select ${mailColumns} from mails where id = ${id}`);
}
