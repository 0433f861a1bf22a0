import type { CommandContext } from '../../../platform/command.ts';
import { findOrCreateCustomer } from '../../customers/index.ts';
import type { MessageContent } from '../../tickets/index.ts';
import { openTicket, receiveMessage, TicketClosed } from '../../tickets/index.ts';
import type { Inbox } from '../inboxes/inbox.ts';
import { enqueueAcknowledging } from './acknowledge-opened.ts';
import { recordBounce } from './bounce.ts';
import { addCcs, copiedAddresses } from './copied-people.ts';
import { detectLanguage } from './detect-language.ts';
import type { BatchFacts } from './gather-facts.ts';
import type { Judged } from './judge-mail.ts';
import { describeMail, type Outcome } from './ledger/write-outcomes.ts';
import type { KnownCustomer } from './people.ts';
import type { ReadMail } from './reading/read-mail.ts';
import { fromAddressOf } from './screen-mail.ts';
import { findThread, type Thread } from './threads/find-thread.ts';

export interface SettleOrder {
  released?: boolean;
  ticketId?: number;
  justRead: ReadonlyMap<string, number>;
}

interface Settling {
  cx: CommandContext;
  judged: Judged;
  letter: ReadMail;
  inbox: Inbox;
  content: MessageContent;
  described: Omit<Outcome, 'fate'>;
  mayAnswer: boolean;
}

/** Where a mail that was let in goes: onto its ticket, into a new one, or aside for a person to decide. */
export async function settleMail(
  cx: CommandContext,
  judged: Judged,
  facts: BatchFacts,
  order: SettleOrder,
): Promise<Outcome> {
  const { mail, letter, inbox, content, sender } = judged;
  if (!letter || !content) throw new Error(`mail ${mail.id} was not read`);
  const described = describeMail(mail, letter, sender.trust, facts);
  if (!inbox) return { ...described, fate: 'suspended', cause: 'no_inbox' };
  if (!order.released && letter.class.kind === 'bounce')
    return recordBounce(cx, judged, letter, facts, described);
  const customerId = facts.people.customers.get(fromAddressOf(letter))?.id ?? null;
  const thread = order.ticketId
    ? { ticketId: order.ticketId, by: 'token' as const, stranger: false }
    : await findThread(cx.tx, {
        letter,
        envelopeTo: mail.envelopeTo,
        inbox,
        keys: facts.keys,
        customerId,
        justRead: order.justRead,
      });
  const aside = order.released ? null : putAside(cx, judged, letter, thread, described);
  if (aside) return aside;
  const mayAnswer =
    letter.class.mayAutoReply && sender.trust !== 'fail' && mail.envelopeFrom !== '' && !order.released;
  const settling = { cx, judged, letter, inbox, content, described, mayAnswer };
  // Disproved senders get a ticket of their own, never a place on another one.
  const joins = thread && (order.released || sender.trust !== 'fail') ? thread : null;
  return joins ? joinThread(settling, joins, facts) : openFromMail(settling, facts, null);
}

/** Machines' answers, and tokens in the wrong hands. */
function putAside(
  cx: CommandContext,
  { mail, sender }: Judged,
  letter: ReadMail,
  thread: Thread | null,
  described: Omit<Outcome, 'fate'>,
): Outcome | null {
  const { kind, because } = letter.class;
  const distrusted = thread?.by === 'token' && (thread.stranger || sender.trust === 'fail');
  if (distrusted)
    return { ...described, fate: 'suspended', cause: 'stranger_with_token', ticketId: thread.ticketId };
  if (kind !== 'auto_reply' && kind !== 'auto_generated') return null;
  if (!thread) return { ...described, fate: 'suspended', cause: 'auto_mailer', detail: because };
  // A person may answer through a list; the ticket is theirs.
  if (because === 'sent to a list') return null;
  cx.record('mail.auto_replied', thread.ticketId, { mailId: mail.id });
  return { ...described, fate: 'auto_reply', detail: because, ticketId: thread.ticketId };
}

async function joinThread(settling: Settling, thread: Thread, facts: BatchFacts): Promise<Outcome> {
  const { cx, content, described, letter, judged } = settling;
  const { id: customerId } = await findSender(settling, facts);
  try {
    const written = await receiveMessage(cx, {
      ticketId: thread.ticketId,
      customerId,
      channel: 'email',
      message: content,
    });
    if (!thread.stranger && judged.sender.trust !== 'fail')
      await addCcs(cx, written.ticketId, letter, ourAddresses(facts));
    return { ...described, fate: 'reply', cause: thread.by, ...written };
  } catch (error) {
    if (!(error instanceof TicketClosed)) throw error;
    return openFromMail(settling, facts, error.ticketId);
  }
}

async function openFromMail(
  settling: Settling,
  facts: BatchFacts,
  followUpOf: number | null,
): Promise<Outcome> {
  const { cx, content, described, letter, inbox, judged, mayAnswer } = settling;
  const { id: customerId, organizationId } = await findSender(settling, facts);
  const ccs = judged.sender.trust === 'fail' ? [] : await copiedAddresses(cx, letter, ourAddresses(facts));
  const opened = await openTicket(cx.as({ kind: 'customer', id: customerId }), {
    subject: subjectOf(letter),
    requesterId: customerId,
    organizationId,
    channel: 'email',
    origin: 'inbound',
    message: { ...content, author: 'customer', authorId: customerId },
    inboxId: inbox.id,
    scheduleId: inbox.scheduleId,
    teamId: inbox.teamId,
    priority: inbox.defaultPriority,
    language: languageOf(settling, facts),
    ccs,
    followUpOf,
    ids: facts.ticketIds.get(judged.mail.id),
  });
  if (mayAnswer && inbox.acknowledge) {
    enqueueAcknowledging(cx, {
      ticketId: opened.ticketId,
      recipient: fromAddressOf(letter),
      inReplyTo: letter.mail.messageId,
      proved: judged.sender.trust === 'pass',
    });
  }
  return { ...described, fate: 'ticket', cause: followUpOf === null ? null : 'follow_up', ...opened };
}

/** Neither inboxes nor staff are customers in copy. */
function ourAddresses(facts: BatchFacts): Set<string> {
  return new Set([...facts.ownAddresses, ...facts.people.staff]);
}

async function findSender({ cx, letter, inbox }: Settling, facts: BatchFacts): Promise<KnownCustomer> {
  const address = fromAddressOf(letter);
  const known = facts.people.customers.get(address);
  if (known) return known;
  const locale = detectLanguage(letter.text.visible, inbox.language);
  const name = (letter.mail.from?.name ?? '').slice(0, 200);
  const { customerId, organizationId } = await findOrCreateCustomer(cx, {
    kind: 'email',
    value: address,
    found: null,
    ...(name ? { name } : {}),
    ...(locale ? { locale } : {}),
  });
  const customer = { id: customerId, organizationId, locale, suspended: false };
  facts.people.customers.set(address, customer);
  return customer;
}

function languageOf({ letter, inbox }: Settling, facts: BatchFacts): string | null {
  const known = facts.people.customers.get(fromAddressOf(letter))?.locale ?? inbox.language;
  return detectLanguage(letter.text.visible, known);
}

const longestSubject = 500;

/** The subject without `Re:`; a mail without one is called by its first words. */
export function subjectOf(letter: ReadMail): string {
  const words = letter.subject.base || letter.text.visible.replace(/\s+/g, ' ').trim().slice(0, 80);
  return (
    words
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, longestSubject) || '…'
  );
}
