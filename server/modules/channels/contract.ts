import { z } from 'zod';
import { id, idParameter, instant } from '../auth/contract.ts';
import { attachmentShape } from '../tickets/contract.ts';

/** The shapes of inboxes, the mail ledger and the outbox at the native API. Times are ISO-8601 in UTC. */

/**
 * Before the @ up to 40 characters; up to 22 leave room for a signed reply address however old the desk grows
 * (docs/operating/limits.md).
 */
const address = z
  .string()
  .trim()
  .toLowerCase()
  .overwrite(withAsciiDomain)
  .regex(/^[^@\s<>"'(),;:\\+]{1,40}@[a-z0-9.-]{1,200}$/, 'needs a mail address without a plus part');

/** `support@bücher.example` is `support@xn--bcher-kva.example`: mails name it in either way. */
function withAsciiDomain(text: string): string {
  const at = text.lastIndexOf('@') + 1;
  const domain = text.slice(at);
  const url = `http://${domain}`;
  return /^[\x21-\x7e]*$/.test(domain) || !URL.canParse(url)
    ? text
    : text.slice(0, at) + new URL(url).hostname;
}

/** The id of the last one seen, as the page before named it. */
const cursor = z.string().regex(/^\d{1,15}$/, 'is taken from nextCursor, as it is');

export const idParams = z.object({ id: idParameter });

const inboxFields = {
  name: z.string().trim().min(1).max(120),
  addresses: z.array(address).min(1).max(20),
  teamId: id.nullable().optional(),
  scheduleId: id.nullable().optional(),
  signature: z.string().max(5000).optional(),
  language: z.enum(['en', 'zh-CN', 'zh-TW', 'be']).nullable().optional(),
  defaultPriority: z.enum(['low', 'normal', 'high', 'urgent']).nullable().optional(),
  acknowledge: z.boolean().optional(),
  active: z.boolean().optional(),
};
export const newInboxBody = z.strictObject(inboxFields);
export type NewInbox = z.infer<typeof newInboxBody>;
export const changeInboxBody = z.strictObject({
  ...inboxFields,
  name: inboxFields.name.optional(),
  addresses: inboxFields.addresses.optional(),
  version: z.int().optional(),
});
export type ChangeInbox = z.infer<typeof changeInboxBody>;

export const inboxShape = z.object({
  id,
  name: z.string(),
  addresses: z.array(z.string()),
  teamId: id.nullable(),
  scheduleId: id.nullable(),
  signature: z.string(),
  language: z.string().nullable(),
  defaultPriority: z.string().nullable(),
  acknowledge: z.boolean(),
  active: z.boolean(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
});
export const inboxList = z.object({ items: z.array(inboxShape), nextCursor: z.null() });

/** Where mail is heard (host and port; null when nowhere), and whether what the desk sends leaves it by a relay. */
export const mailDoorsShape = z.object({ listen: z.string().nullable(), relay: z.boolean() });

export const fateShape = z.enum([
  'received',
  'ticket',
  'reply',
  'auto_reply',
  'bounce',
  'suspended',
  'quarantined',
  'duplicate',
  'discarded',
]);

/** Why a mail has the fate it has; the screen has words for each (`settings.mail.cause.*`). */
export const mailCauses = [
  // held
  'loop',
  'too_many',
  'own_address',
  'forged',
  'no_sender',
  'sender_suspended',
  'staff_by_mail',
  'system_user',
  'complaint',
  'verification',
  'blank',
  'backscatter',
  'auto_mailer',
  'stranger_with_token',
  'no_inbox',
  'undone',
  // quarantined
  'timeout',
  'memory',
  'crash',
  'too_many_parts',
  'too_deep',
  'header_too_large',
  'too_many_addresses',
  'unreadable',
  'failed',
  // on a ticket: by what it was found, or why it has one of its own
  'token',
  'borrowed_token',
  'customer_mail',
  'subject',
  'person',
  'follow_up',
  'set_apart',
  // of a delivery report
  'hard',
  'soft',
  'delayed',
  'delivered',
] as const;
export type MailCause = (typeof mailCauses)[number];

/** By what a machine's mail shows that nobody wrote it: the `detail` of such a mail (`settings.mail.sign.*`). */
export const machineSigns = [
  'feedback_report',
  'sender_complaint',
  'read_receipt',
  'delivery_report',
  'failed_recipients',
  'service_notice',
  'mail_daemon',
  'null_sender_failure',
  'auto_reply_header',
  'absence_subject',
  'automatic_header',
  'calendar_answer',
  'mailing_list',
] as const;
export type MachineSign = (typeof machineSigns)[number];

/** One mail that was accepted, and what became of it. */
export const mailShape = z.object({
  id,
  receivedAt: instant,
  envelopeFrom: z.string(),
  envelopeTo: z.string(),
  remote: z.string(),
  size: z.int(),
  sha256: z.string(),
  inboxId: id.nullable(),
  fate: fateShape,
  cause: z.enum(mailCauses).nullable(),
  /** More of the cause: a machine's sign, a status code, `#` and a ticket, or what the reader said. */
  detail: z.string().nullable(),
  flags: z.array(z.string()),
  trust: z.enum(['pass', 'fail', 'unknown']).nullable(),
  ticketId: id.nullable(),
  messageId: id.nullable(),
  duplicateOf: id.nullable(),
  from: z.string().nullable(),
  fromName: z.string().nullable(),
  subject: z.string().nullable(),
  attempts: z.int(),
  readAt: instant.nullable(),
  erased: z.boolean(),
});
export type Mail = z.infer<typeof mailShape>;
export const mailPage = z.object({ items: z.array(mailShape), nextCursor: z.string().nullable() });
export const ledgerQuery = z.strictObject({
  /** `held` is whatever waits for a decision: `suspended` and `quarantined`. */
  fate: z.union([fateShape, z.array(fateShape), z.literal('held')]).optional(),
  cause: z.enum(mailCauses).optional(),
  inbox: idParameter.optional(),
  ticket: idParameter.optional(),
  q: z.string().trim().min(1).max(200).optional(),
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type LedgerQuery = z.infer<typeof ledgerQuery>;
/** Mails that wait for a person's decision. */
export const heldShape = z.object({ suspended: z.int(), quarantined: z.int() });
export type HeldMails = z.infer<typeof heldShape>;
export const joinMailBody = z.strictObject({ ticketId: id });

export const outgoingStateShape = z.enum([
  'waiting',
  'sending',
  'sent',
  'kept',
  'retrying',
  'uncertain',
  /** The desk was restored: it may have gone before. */
  'held',
  'failed',
  /** Some have it, the others will not get it. */
  'partly_failed',
  'withdrawn',
]);

/** What the relay said of one recipient at the last try that named them. */
const answerShape = z.object({
  address: z.string(),
  outcome: z.enum(['accepted', 'deferred', 'uncertain', 'refused']),
  /** The SMTP code, or a word: `address`, `expired`, `message_redacted`. */
  code: z.string().nullable(),
  said: z.string().nullable(),
});

export const outgoingShape = z.object({
  id,
  kind: z.enum(['reply', 'acknowledgement', 'link']),
  ticketId: id.nullable(),
  messageId: id.nullable(),
  inboxId: id.nullable(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  subject: z.string(),
  /** The Message-ID header, the same on every try. */
  headerId: z.string(),
  state: outgoingStateShape,
  /** Until then it can be withdrawn. */
  sendAt: instant,
  attempts: z.int(),
  lastError: z.string().nullable(),
  /** Empty before the first try, and where nothing leaves the desk. */
  answers: z.array(answerShape),
  /** When the first of them was accepted. */
  sentAt: instant.nullable(),
  createdAt: instant,
});
export const outgoingPage = z.object({ items: z.array(outgoingShape), nextCursor: z.string().nullable() });
export const outboxQuery = z.strictObject({
  state: z.union([outgoingStateShape, z.array(outgoingStateShape)]).optional(),
  ticket: idParameter.optional(),
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type OutboxQuery = z.infer<typeof outboxQuery>;

export const retriedShape = z.object({ messageId: id, state: outgoingStateShape });
export const withdrawnShape = z.object({
  messageId: id,
  state: outgoingStateShape,
  sendAt: instant.nullable(),
  /** What its writer has in the box again; null for others, and when it was taken back before. */
  draft: z
    .object({
      text: z.string(),
      html: z.string().optional(),
      attachments: z.array(attachmentShape),
      /** Whom it had put in copy; not there when it had changed nothing about that. */
      ccs: z.array(z.string()).optional(),
    })
    .nullable(),
});
export type Withdrawn = z.infer<typeof withdrawnShape>;
