import { format } from '../../../../i18n/catalogue.ts';
import { isLocale, type Locale } from '../../../../i18n/locales.ts';
import type { CommandContext } from '../../../platform/command.ts';
import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { Desk } from '../../../platform/desk.ts';
import { system } from '../../../platform/events/event-map.ts';
import type { JobRunner } from '../../../platform/jobs/job.ts';
import { readSetting } from '../../../platform/settings.ts';
import { deskSettings } from '../../auth/index.ts';
import { getCustomer } from '../../customers/index.ts';
import { sendMessage, type TicketRow, ticketReads } from '../../tickets/index.ts';
import { findFirstInbox, findInbox, type Inbox } from '../inboxes/inbox.ts';
import type { Acknowledging } from './acknowledge-opened.ts';
import { limitReached } from './automatic-limits.ts';
import { findAddresses } from './find-addresses.ts';
import { findPromisedReply } from './find-promised-reply.ts';
import { formatMoment } from './format-moment.ts';
import { takeMassLimit } from './mass-limits.ts';
import { isPlainAddress } from './outbox/clean-header.ts';
import { insertOutgoing, takeOutgoingId } from './outbox/insert-outgoing.ts';
import { daemonLocalPart, noReplyLocalPart } from './reading/machine-words.ts';

/**
 * Tells the sender of a first mail its number and the promised time. The words are all ours: nothing they wrote is
 * repeated, since nobody has proved that the address is theirs.
 */
export const acknowledgeMail: JobRunner = async (desk, job) => {
  const order = job.payload as Acknowledging;
  await desk.run(system, (cx) => acknowledge(desk, cx, order), { job, causedBy: job.causedBy });
};

async function acknowledge(desk: Desk, cx: CommandContext, order: Acknowledging): Promise<void> {
  const ticket = await ticketReads.findTicketRow(cx.tx, order.ticketId);
  if (!ticket || !isQuiet(ticket)) return;
  const recipient = order.recipient ?? (await addressOfRequester(cx.tx, ticket));
  if (!recipient || !isPlainAddress(recipient)) return;
  // Sent together: most of what a mail costs is the way to the database and back.
  const [, inbox, done, ownLimit, customer, own, promisedAt, outgoingId] = await Promise.all([
    waitForOthers(cx, recipient),
    ticket.inboxId === null ? findFirstInbox(cx.tx) : findInbox(cx.tx, ticket.inboxId),
    wasAcknowledged(cx, ticket.inboxId, recipient),
    limitReached(cx.tx, cx.now, recipient, ticket.id),
    getCustomer(cx.tx, ticket.requesterId),
    readDesk(cx.tx),
    findPromisedReply(cx.tx, ticket.id),
    takeOutgoingId(cx.tx),
  ]);
  if (!inbox?.acknowledge || done) return;
  const limit = ownLimit ?? (order.proved ? null : await takeMassLimit(desk.db, cx.now, recipient));
  if (limit) {
    cx.record('mail.withheld', ticket.id, { limit });
    return;
  }
  const locale = localeOf(ticket, inbox) ?? own.locale;
  const text = await acknowledgement(cx, ticket, {
    locale,
    zone: customer.timeZone ?? own.zone,
    name: own.name,
    promisedAt,
  });
  const inReplyTo = plainId(order.inReplyTo);
  const { messageId } = await sendMessage(cx, {
    ticketId: ticket.id,
    author: 'system',
    authorId: null,
    public: true,
    message: { text },
  });
  await insertOutgoing(cx, {
    id: outgoingId,
    kind: 'acknowledgement',
    automatic: true,
    inbox,
    ticketId: ticket.id,
    messageId,
    authorId: null,
    recipients: [recipient],
    ccs: [],
    subject: format(locale, 'mail.ack.subject', { number: String(ticket.id) }),
    inReplyTo,
    references: inReplyTo ? [inReplyTo] : [],
    sendAt: cx.now,
  });
}

async function readDesk(tx: Queryable): Promise<{ locale: Locale; zone: string; name: string }> {
  const [locale, zone, name] = await Promise.all([
    readSetting(tx, deskSettings.locale),
    readSetting(tx, deskSettings.timeZone),
    readSetting(tx, deskSettings.name),
  ]);
  return { locale, zone, name };
}

/** Their Message-ID goes back to them so that the mails stand together; one that could be a sentence does not. */
function plainId(id: string | null): string | null {
  return id !== null && /^[\w.!#$%&'*+/=?^`{|}~-]{1,120}@[\w.:[\]-]{1,120}$/.test(id) ? id : null;
}

/** Nobody is told who was answered already, nor an address that only machines read. */
async function addressOfRequester(tx: Queryable, ticket: TicketRow): Promise<string | null> {
  if (ticket.waitingSince === null) return null;
  const [address] = (await findAddresses(tx, [ticket.requesterId])).get(ticket.requesterId) ?? [];
  return address && !isMachine(address.slice(0, address.lastIndexOf('@'))) ? address : null;
}

const isMachine = (localPart: string): boolean =>
  noReplyLocalPart.test(localPart) || daemonLocalPart.test(localPart);

/** Still as it came: not closed, hidden or merged, and of the living. */
function isQuiet(ticket: TicketRow): boolean {
  return ticket.shown && !ticket.training && ticket.status !== 'closed';
}

const lockKey = 7_130_022;

/** Several mails of one sender may be acknowledged at the same time: each sees what the one before it sent. */
async function waitForOthers(cx: CommandContext, recipient: string): Promise<void> {
  await cx.tx.write(sql`select pg_advisory_xact_lock(${lockKey}::int, hashtext(${recipient}))`);
}

/** One a day for a sender and an inbox, whatever they send: two machines that answer each other fall silent. */
async function wasAcknowledged(
  cx: CommandContext,
  inboxId: number | null,
  recipient: string,
): Promise<boolean> {
  const dayAgo = new Date(cx.now.getTime() - 24 * 3_600_000);
  const row = await cx.tx.maybe(sql`
    select id from outgoing_mails where automatic and recipients[1] = ${recipient} and kind = 'acknowledgement'
      and (${inboxId}::bigint is null or inbox_id = ${inboxId}) and created_at > ${dayAgo} limit 1`);
  return row !== undefined;
}

function localeOf(ticket: TicketRow, inbox: Inbox): Locale | null {
  if (isLocale(ticket.language)) return ticket.language;
  return isLocale(inbox.language) ? inbox.language : null;
}

async function acknowledgement(
  cx: CommandContext,
  ticket: TicketRow,
  { locale, zone, name, promisedAt }: { locale: Locale; zone: string; name: string; promisedAt: Date | null },
): Promise<string> {
  const promised = promisedAt !== null && promisedAt > cx.now;
  const promise = promised ? await formatMoment(cx.tx, promisedAt, locale, zone) : '';
  return [
    format(locale, 'mail.ack.hello'),
    format(locale, 'mail.ack.received', { number: String(ticket.id) }),
    promised ? format(locale, 'mail.ack.promise', { time: promise }) : format(locale, 'mail.ack.soon'),
    format(locale, 'mail.ack.answer_here'),
    name,
  ].join('\n\n');
}
