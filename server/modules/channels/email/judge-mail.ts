import type { Desk } from '../../../platform/desk.ts';
import type { MessageContent } from '../../tickets/index.ts';
import type { Inbox } from '../inboxes/inbox.ts';
import type { BatchFacts } from './gather-facts.ts';
import type { MailRow } from './ledger/mail-row.ts';
import { describeMail, type Outcome } from './ledger/write-outcomes.ts';
import { type MailSender, readSender } from './mail-sender.ts';
import type { Letter } from './readers.ts';
import type { ReadMail } from './reading/read-mail.ts';
import { fromAddressOf, screenMail } from './screen-mail.ts';

/** A mail before it touches a ticket: decided already (`outcome`), or with what its ticket will keep. */
export interface Judged {
  mail: MailRow;
  inbox: Inbox | undefined;
  letter: ReadMail | null;
  sender: MailSender;
  outcome: Outcome | null;
  content: MessageContent | null;
}

/** What can be told from the mail and the facts alone: unreadable, a second delivery, held by a screen, or free. */
export function judgeMail(
  desk: Desk,
  mail: MailRow,
  letter: Letter,
  facts: BatchFacts,
  order: { released?: boolean; original?: boolean },
): Judged {
  const inbox = mail.inboxId === null ? undefined : facts.inboxes.get(mail.inboxId);
  if ('refused' in letter) {
    const outcome: Outcome = {
      mailId: mail.id,
      fate: 'quarantined',
      cause: letter.refused,
      detail: letter.detail,
    };
    return { mail, inbox, letter: null, sender: nobody, outcome, content: null };
  }
  const { read } = letter;
  const sender = readSender(read, mail.envelopeFrom, facts.ownAddresses, desk.config.trustedAuthservId);
  const judged: Judged = { mail, inbox, letter: read, sender, outcome: null, content: null };
  if (!order.released) judged.outcome = holdMail(judged, read, facts, order);
  return judged;
}

const nobody: MailSender = { address: '', name: '', trust: 'unknown', reject: false };

function holdMail(
  { mail, inbox, sender }: Judged,
  letter: ReadMail,
  facts: BatchFacts,
  { original }: { original?: boolean },
): Outcome | null {
  const described = describeMail(mail, letter, sender.trust, facts);
  const first = original ? undefined : facts.firstDelivery.get(mail.id);
  if (first !== undefined) return { ...described, fate: 'duplicate', duplicateOf: first };
  if (!inbox) return { ...described, fate: 'suspended', cause: 'no_inbox' };
  const address = fromAddressOf(letter);
  const cause = screenMail({
    mail,
    inbox,
    letter,
    sender,
    facts: {
      deskMark: facts.deskMark,
      ownAddresses: facts.ownAddresses,
      staffAddresses: facts.people.staff,
      suspended: [address, sender.address].some((one) => facts.people.customers.get(one)?.suspended),
      mails: facts.recent.get(address) ?? 0,
      sameMails: facts.recent.get(`${address}\n${letter.subject.base}`) ?? 0,
    },
  });
  return cause
    ? { ...described, fate: 'suspended', cause, detail: cause === 'complaint' ? letter.class.sign : null }
    : null;
}
