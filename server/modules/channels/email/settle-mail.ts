import type { CommandContext } from '../../../platform/command.ts';
import { createCustomer, findOrCreateCustomer } from '../../customers/index.ts';
import type { MessageContent } from '../../tickets/index.ts';
import { openTicket, receiveMessage, TicketClosed } from '../../tickets/index.ts';
import type { Inbox } from '../inboxes/inbox.ts';
import { enqueueAcknowledging } from './acknowledge-opened.ts';
import { recordBounce } from './bounce.ts';
import { addCcs, copiedAddresses } from './copied-people.ts';
import { detectLanguage } from './detect-language.ts';
import type { BatchFacts } from './gather-facts.ts';
import type { Judged } from './judge-mail.ts';
import { bringBack } from './ledger/bring-back.ts';
import { describeMail, type Outcome } from './ledger/write-outcomes.ts';
import { isOwnGroup } from './own-group.ts';
import type { KnownCustomer } from './people.ts';
import type { ReadMail } from './reading/read-mail.ts';
import { isOfOneHouse } from './return-path.ts';
import { findThread, type Thread } from './threads/find-thread.ts';
import { type Place, placeMail } from './threads/place-mail.ts';

export interface SettleOrder {
  released?: boolean;
  ticketId?: number;
  justRead: ReadonlyMap<string, number[]>;
}

interface Settling {
  cx: CommandContext;
  judged: Judged;
  letter: ReadMail;
  inbox: Inbox;
  content: MessageContent;
  described: Omit<Outcome, 'fate'>;
  thread: Thread | null;
  place: Place;
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
  const thread = await threadOf(cx, judged, letter, inbox, facts, order);
  const place = placeMail(thread, sender.trust, order);
  const settling = { cx, judged, letter, inbox, content, described, thread, place };
  const aside = order.released ? null : putAside(settling, facts);
  if (aside) return aside;
  if (place.goes === 'joins' && thread) return joinThread(settling, thread, facts);
  const back = order.released ? await bringBack(cx, mail.id) : null;
  return back ? { ...described, fate: 'ticket', ...back } : openFromMail(settling, facts, null);
}

async function threadOf(
  cx: CommandContext,
  { mail, sender }: Judged,
  letter: ReadMail,
  inbox: Inbox,
  facts: BatchFacts,
  order: SettleOrder,
): Promise<Thread | null> {
  if (order.ticketId) return { ticketId: order.ticketId, by: 'person' };
  const customerId = facts.people.customers.get(sender.address)?.id ?? null;
  const { envelopeTo } = mail;
  const { keys } = facts;
  return findThread(cx.tx, { letter, envelopeTo, inbox, keys, customerId, justRead: order.justRead });
}

/** Tokens in the wrong hands, and machines' answers. */
function putAside(settling: Settling, { ownAddresses }: BatchFacts): Outcome | null {
  const { cx, judged, letter, described, thread, place } = settling;
  const ticketId = thread?.ticketId ?? null;
  if (place.goes === 'held')
    return { ...described, fate: 'suspended', cause: 'stranger_with_token', ticketId };
  const { kind, sign } = letter.class;
  if (kind !== 'auto_reply' && kind !== 'auto_generated') return null;
  if (sign === 'mailing_list' && isOwnGroup(letter, ownAddresses)) return null;
  if (place.goes === 'opens')
    return { ...described, fate: 'suspended', cause: 'auto_mailer', detail: sign, ticketId };
  // A person may answer through a list; the ticket is theirs.
  if (sign === 'mailing_list') return null;
  cx.record('mail.auto_replied', ticketId, { mailId: judged.mail.id });
  return { ...described, fate: 'auto_reply', detail: sign, ticketId };
}

async function joinThread(settling: Settling, thread: Thread, facts: BatchFacts): Promise<Outcome> {
  const { cx, content, described, letter, place } = settling;
  const { id: customerId } = await findSender(settling, facts);
  try {
    const written = await receiveMessage(cx, {
      ticketId: thread.ticketId,
      customerId,
      channel: 'email',
      message: content,
    });
    if (place.copies) await addCcs(cx, written.ticketId, letter, ourAddresses(facts));
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
  const { cx, content, described, letter, inbox, judged, place } = settling;
  const { id: customerId, organizationId } = await findSender(settling, facts);
  const ccs = place.copies ? await copiedAddresses(cx, letter, ourAddresses(facts)) : [];
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
  if (place.receipt && inbox.acknowledge) tellSender(settling, opened.ticketId);
  if (followUpOf !== null) return { ...described, fate: 'ticket', cause: 'follow_up', ...opened };
  return { ...described, fate: 'ticket', ...setApart(settling, opened.ticketId), ...opened };
}

/** To the address that the mail says it is from, unless it is proved, only where the mail's return path leads, too. */
function tellSender({ cx, judged, letter }: Settling, ticketId: number): void {
  const { mail, sender } = judged;
  if (!letter.class.mayAutoReply || mail.envelopeFrom === '') return;
  const proved = sender.trust === 'pass';
  if (!proved && !isOfOneHouse(mail.envelopeFrom, sender.address)) {
    cx.record('mail.withheld', ticketId, { limit: 'return_path' });
    return;
  }
  const { messageId } = letter.mail;
  enqueueAcknowledging(cx, { ticketId, recipient: sender.address, inReplyTo: messageId, proved });
}

/** It names a ticket and nobody has proved that it may: whoever works on it is told, and can merge the two. */
function setApart({ cx, judged, thread }: Settling, ticketId: number): Partial<Outcome> {
  if (!thread) return { cause: null };
  cx.record('mail.set_apart', ticketId, { mailId: judged.mail.id, ticketId: thread.ticketId });
  return { cause: 'set_apart', detail: `#${thread.ticketId}` };
}

/** Neither inboxes nor staff are customers in copy. */
function ourAddresses(facts: BatchFacts): Set<string> {
  return new Set([...facts.ownAddresses, ...facts.people.staff]);
}

async function findSender(
  { cx, judged, letter, inbox }: Settling,
  facts: BatchFacts,
): Promise<KnownCustomer> {
  const { address, name } = judged.sender;
  const known = facts.people.customers.get(address);
  if (known) return known;
  const locale = languageOfWords(letter, inbox.language);
  // Nobody can be answered, and nobody else's address may stand in for theirs.
  if (address === '') return createNameless(cx, name, locale);
  const { customerId, organizationId } = await findOrCreateCustomer(cx, {
    kind: 'email',
    value: address,
    found: null,
    ...(name ? { name: name.slice(0, 200) } : {}),
    ...(locale ? { locale } : {}),
  });
  const customer = { id: customerId, organizationId, locale, suspended: false };
  facts.people.customers.set(address, customer);
  return customer;
}

async function createNameless(
  cx: CommandContext,
  name: string,
  locale: string | null,
): Promise<KnownCustomer> {
  const { customerId } = await createCustomer(cx, { name: name.slice(0, 200), locale });
  return { id: customerId, organizationId: null, locale, suspended: false };
}

function languageOf({ judged, letter, inbox }: Settling, facts: BatchFacts): string | null {
  const known = facts.people.customers.get(judged.sender.address)?.locale ?? inbox.language;
  return languageOfWords(letter, known);
}

/** A short mail tells it by its subject. */
function languageOfWords({ text, subject }: ReadMail, known: string | null): string | null {
  return detectLanguage(text.visible, known) ?? detectLanguage(subject.base, null);
}

const longestSubject = 500;

/** The subject without `Re:`; a mail without one is called by its first words, without those by its first file. */
function subjectOf(letter: ReadMail): string {
  // Zero-width signs alone show nothing.
  const isShown = /[^\s\p{Cf}]/u.test(letter.subject.base);
  const words =
    (isShown && letter.subject.base) ||
    letter.text.visible.replace(/\s+/g, ' ').trim().slice(0, 80) ||
    (letter.mail.attachments.find(({ fileName }) => fileName !== null)?.fileName ?? '');
  return (
    words
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, longestSubject) || '…'
  );
}
