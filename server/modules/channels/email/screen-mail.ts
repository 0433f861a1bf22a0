import type { MailCause } from '../contract.ts';
import type { Inbox } from '../inboxes/inbox.ts';
import { addressKey } from './address-key.ts';
import type { MailRow } from './ledger/mail-row.ts';
import type { MailSender } from './mail-sender.ts';
import { isOwnGroup } from './own-group.ts';
import { loopHeader } from './own-header.ts';
import type { ReadMail } from './reading/read-mail.ts';

/** What is known when a mail is screened. */
export interface Screening {
  mail: MailRow;
  inbox: Inbox;
  letter: ReadMail;
  sender: MailSender;
  facts: {
    /** This desk's mark in the loop header. */
    deskMark: string;
    /** Lower case, without plus parts. */
    ownAddresses: ReadonlySet<string>;
    staffAddresses: ReadonlySet<string>;
    /** Whoever it is from is blocked. */
    suspended: boolean;
    /** Mails of the last hour from this sender with this subject, and with any. */
    sameMails: number;
    mails: number;
  };
}

const mostHops = 30;
const mostSameMails = 100;
const mostMails = 2000;

/** Every reason to hold a mail before anything is done with it, in the order they are asked. */
export const screens: readonly [MailCause, (screening: Screening) => boolean][] = [
  ['loop', isOwnMail],
  ['loop', hasTooManyHops],
  ['own_address', isFromOwnInbox],
  ['no_sender', hasNoSender],
  ['forged', isForged],
  ['sender_suspended', isFromSuspended],
  ['staff_by_mail', isFromStaff],
  ['loop', repeatsItself],
  ['too_many', floods],
  ['complaint', isComplaint],
  ['system_user', isFromSystemUser],
  ['verification', isVerification],
  ['blank', isBlank],
];

/** The first reason that holds, or null: the mail may go on. */
export function screenMail(screening: Screening): MailCause | null {
  // A bounce is from a machine and of our own making; whether it is ours is asked where it is matched.
  const asked = screening.letter.class.kind === 'bounce' ? screens.slice(0, 2) : screens;
  return asked.find(([, holds]) => holds(screening))?.[0] ?? null;
}

/** The address in From as customers are known, or its bare words when they are no address. */
export function fromAddressOf(letter: ReadMail): string {
  const given = letter.mail.from?.address ?? '';
  return addressKey(given) ?? given.toLowerCase();
}

function isOwnMail({ letter, facts }: Screening): boolean {
  return (letter.mail.headers[loopHeader.toLowerCase()] ?? []).some((mark) => mark.trim() === facts.deskMark);
}

function hasTooManyHops({ letter }: Screening): boolean {
  return (letter.mail.headers.received?.length ?? 0) > mostHops;
}

/** A group of our own house may write its address over that of somebody whose domain allows no copies. */
function isFromOwnInbox({ letter, sender, facts: { ownAddresses } }: Screening): boolean {
  if (!ownAddresses.has(fromAddressOf(letter).replace(/\+[^@]*@/, '@'))) return false;
  return sender.address === fromAddressOf(letter) || !isOwnGroup(letter, ownAddresses);
}

function hasNoSender({ letter }: Screening): boolean {
  return addressKey(letter.mail.from?.address ?? '') === null;
}

function isForged({ sender }: Screening): boolean {
  return sender.trust === 'fail' && sender.reject;
}

function isFromSuspended({ facts }: Screening): boolean {
  return facts.suspended;
}

/** Staff write in the console. A mail in a colleague's name must be proved to be theirs. */
function isFromStaff({ facts, sender }: Screening): boolean {
  return sender.trust !== 'pass' && facts.staffAddresses.has(sender.address);
}

function repeatsItself({ facts }: Screening): boolean {
  return facts.sameMails >= mostSameMails;
}

function floods({ facts }: Screening): boolean {
  return facts.mails >= mostMails;
}

function isComplaint({ letter }: Screening): boolean {
  return letter.class.kind === 'complaint';
}

function isFromSystemUser({ letter }: Screening): boolean {
  return /^(mailer-?daemon|postmaster)@/.test(fromAddressOf(letter));
}

const noReply = /^(no|do-?not|donot)[-_.]?reply|^(account|security|verify|verification)s?([-_.]|@)/;
const verificationWords =
  /verif(y|ication)|confirm (your|this|e-?mail)|activat(e|ion)|one[- ]time|security code|sign[- ]?in code|log[- ]?in code|(подтвержд|підтвердж|пацвердз|пацвярдж)|验证|驗證|确认您的|確認您的/i;

/** A stranger who signs up elsewhere with our address would read the code in their own ticket. */
function isVerification({ letter }: Screening): boolean {
  return noReply.test(fromAddressOf(letter)) && verificationWords.test(letter.mail.subject);
}

function isBlank({ letter }: Screening): boolean {
  return (
    letter.mail.text.trim() === '' &&
    letter.subject.base === '' &&
    letter.mail.attachments.length === 0 &&
    !/<img/i.test(letter.html?.visible ?? '')
  );
}
