import type { MachineSign } from '../../contract.ts';
import { type FailedRecipient, readFailedRecipients } from './bounce-recipients.ts';
import { firstField, readHeaderFields } from './header-fields.ts';
import {
  autoReplySubject,
  daemonLocalPart,
  daemonName,
  failureSubject,
  failureText,
  noReplyLocalPart,
} from './machine-words.ts';
import type { ParsedMail } from './read-message.ts';

export type MailKind = 'bounce' | 'complaint' | 'auto_reply' | 'auto_generated' | 'normal';

export type MailClass = {
  kind: MailKind;
  /** False for everything that a machine sent or that would answer back. */
  mayAutoReply: boolean;
  /** The sign that decided, for the mail ledger; null when there is none of a machine. */
  sign: MachineSign | null;
  report?: { recipients: FailedRecipient[]; originalMessageId: string | null };
};

type Rule = readonly [kind: MailKind, sign: MachineSign, holds: (mail: ParsedMail) => boolean];

/** First rule that holds decides. Their order is the order of certainty. */
const rules: readonly Rule[] = [
  ['complaint', 'feedback_report', isFeedbackReport],
  ['complaint', 'sender_complaint', isKnownComplaint],
  ['auto_reply', 'read_receipt', isReadReceipt],
  ['bounce', 'delivery_report', isDeliveryReport],
  ['bounce', 'failed_recipients', namesFailedRecipients],
  ['bounce', 'service_notice', isServiceBounce],
  ['bounce', 'mail_daemon', isFromDaemon],
  ['bounce', 'null_sender_failure', isNullSenderFailure],
  ['auto_reply', 'auto_reply_header', isDeclaredAutoReply],
  ['auto_reply', 'absence_subject', hasAutoReplySubject],
  ['auto_generated', 'automatic_header', isDeclaredAutomatic],
  ['auto_generated', 'calendar_answer', isCalendarAnswer],
  ['auto_generated', 'mailing_list', isListMail],
];

/** Tells bounces, complaints and automatic mail from mail that a person wrote. Pure. */
export function classify(mail: ParsedMail): MailClass {
  const rule = rules.find(([, , holds]) => holds(mail));
  if (!rule) return { kind: 'normal', mayAutoReply: !takesNoAnswer(mail), sign: null };
  const [kind, sign] = rule;
  if (kind !== 'bounce' && kind !== 'complaint') return { kind, mayAutoReply: false, sign };
  const recipients = kind === 'bounce' ? readFailedRecipients(mail) : [];
  return {
    kind,
    mayAutoReply: false,
    sign,
    report: { recipients, originalMessageId: findOriginalId(mail) },
  };
}

const header = (mail: ParsedMail, name: string) => (mail.headers[name] ?? []).join(' ').trim();
const hasHeader = (mail: ParsedMail, name: string) => mail.headers[name] !== undefined;
const localPart = (mail: ParsedMail) => (mail.from?.address ?? '').split('@')[0] ?? '';
const isNullSender = (mail: ParsedMail) => mail.returnPath === '';
const precedence = (mail: ParsedMail) => header(mail, 'precedence') || header(mail, 'x-precedence');
const opening = (mail: ParsedMail) => mail.text.slice(0, 20_000);

function isFeedbackReport(mail: ParsedMail) {
  return mail.report?.type === 'feedback-report';
}

function isKnownComplaint(mail: ParsedMail) {
  const isHotmail = /^staff@hotmail\.com$/i.test(mail.from?.address ?? '');
  const isAmazon = isAmazonNotice(mail) && /"notificationType"\s*:\s*"Complaint"/.test(opening(mail));
  return isAmazon || (isHotmail && /^complaint about message/i.test(mail.subject));
}

function isReadReceipt(mail: ParsedMail) {
  return mail.report?.type === 'disposition-notification';
}

function isDeliveryReport(mail: ParsedMail) {
  if (mail.report === null || mail.report.type === 'feedback-report') return false;
  if (mail.report.type === 'delivery-status') return true;
  return mail.report.blocks.some((block) => block['final-recipient'] !== undefined);
}

function namesFailedRecipients(mail: ParsedMail) {
  return hasHeader(mail, 'x-failed-recipients');
}

function isAmazonNotice(mail: ParsedMail) {
  return hasHeader(mail, 'x-amz-sns-message-id') || /@sns\.amazonaws\.com$/i.test(mail.from?.address ?? '');
}

function isServiceBounce(mail: ParsedMail) {
  const text = opening(mail);
  return (
    isAmazonNotice(mail) && /"(notificationType|eventType)"\s*:\s*"(Bounce|Delivery)"|"bounceType"/.test(text)
  );
}

function isFromDaemon(mail: ParsedMail) {
  const from = `${mail.headers.from?.[0] ?? ''}`;
  const isDaemon =
    daemonLocalPart.test(localPart(mail)) || daemonName.test(from) || /^<?>?$/.test(from.trim());
  if (!isDaemon) return false;
  if (/mailer-?daemon/i.test(from)) return !isDeclaredAutoReply(mail) || failureSubject.test(mail.subject);
  if (isDeclaredAutoReply(mail) && !failureText.test(opening(mail))) return false;
  return failureSubject.test(mail.subject) || failureText.test(opening(mail));
}

function isNullSenderFailure(mail: ParsedMail) {
  if (!isNullSender(mail) || hasAutoReplySubject(mail)) return false;
  return failureSubject.test(mail.subject) || failureText.test(opening(mail));
}

function isDeclaredAutoReply(mail: ParsedMail) {
  if (/^auto-replied/i.test(header(mail, 'auto-submitted'))) return true;
  if (/^auto[_-]?reply/i.test(header(mail, 'precedence'))) return true;
  if (/vacation|oof|autoreply/i.test(header(mail, 'x-ms-exchange-inbox-rules-loop'))) return true;
  return ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-autoreply-from', 'x-mail-autoreply'].some(
    (name) => hasHeader(mail, name) && !/^no$/i.test(header(mail, name)),
  );
}

function hasAutoReplySubject(mail: ParsedMail) {
  return autoReplySubject.test(mail.subject);
}

function isDeclaredAutomatic(mail: ParsedMail) {
  const submitted = header(mail, 'auto-submitted');
  if (submitted !== '' && !/^no\b/i.test(submitted)) return true;
  if (/^(bulk|junk|auto)/i.test(precedence(mail))) return true;
  return /autoresponder/i.test(header(mail, 'delivered-to'));
}

/**
 * Asks for no automatic answer, or could bring one back. Whole houses send what people write through services and rules
 * that add these, so they do not show that nobody wrote it.
 */
function wantsNoAutoReply(mail: ParsedMail) {
  return (
    /all|autoreply|oof/i.test(header(mail, 'x-auto-response-suppress')) ||
    hasHeader(mail, 'feedback-id') ||
    hasHeader(mail, 'x-loop')
  );
}

/** A calendar says that somebody comes, or not: nobody wrote it. */
function isCalendarAnswer(mail: ParsedMail) {
  return /^(reply|counter|refresh|declinecounter)$/i.test(calendarMethod(mail));
}

/** What a calendar asks for (RFC 5546), or ''. */
function calendarMethod({ attachments }: ParsedMail): string {
  const calendar = attachments.find(({ contentType }) => contentType === 'text/calendar');
  const head = Buffer.from(calendar?.bytes.subarray(0, 16_000) ?? []).toString('latin1');
  return /^METHOD:([A-Z]{1,20})\s*$/im.exec(head)?.[1] ?? '';
}

function isListMail(mail: ParsedMail) {
  if (/^list/i.test(precedence(mail))) return true;
  return [
    'list-id',
    'list-post',
    'list-unsubscribe',
    'mailing-list',
    'x-mailman-version',
    'x-beenthere',
  ].some((name) => hasHeader(mail, name));
}

/** A mail that looks written by a person gets no automatic answer all the same. */
function takesNoAnswer(mail: ParsedMail): boolean {
  if (!mail.from?.address.includes('@') || isNullSender(mail) || wantsNoAutoReply(mail)) return true;
  // An invitation is somebody's, but it is a calendar that sends it and would have the answer.
  if (calendarMethod(mail) !== '') return true;
  return noReplyLocalPart.test(localPart(mail)) || daemonLocalPart.test(localPart(mail));
}

function findOriginalId(mail: ParsedMail): string | null {
  const reported = mail.report?.original?.['message-id']?.[0];
  if (reported) return trimId(reported);
  for (const attachment of mail.attachments) {
    if (!/^(message\/rfc822|text\/rfc822-headers)/.test(attachment.contentType)) continue;
    const head = Buffer.from(attachment.bytes.subarray(0, 64_000));
    const id = firstField(readHeaderFields(head).fields, 'message-id');
    if (id) return trimId(id.toString('latin1'));
  }
  const inText = /^[ \t>]{0,8}Message-I[dD]:\s*<([^<>\s]{3,300})>/im.exec(mail.text.slice(0, 200_000));
  return inText?.[1] ?? mail.inReplyTo[0] ?? null;
}

function trimId(value: string): string | null {
  return /<([^<>]{1,998})>/.exec(value)?.[1] ?? (value.trim() || null);
}
