import { format } from '../../../../i18n/catalogue.ts';
import { isLocale, type Locale } from '../../../../i18n/locales.ts';
import type { CommandContext } from '../../../platform/command.ts';
import { type Queryable, sql } from '../../../platform/db/database.ts';
import { system } from '../../../platform/events/event-map.ts';
import type { JobRunner } from '../../../platform/jobs/job.ts';
import { readSetting } from '../../../platform/settings.ts';
import { deskSettings } from '../../auth/index.ts';
import { getCustomer } from '../../customers/index.ts';
import { sendMessage, type TicketRow, ticketReads } from '../../tickets/index.ts';
import { findInbox, type Inbox } from '../inboxes/inbox.ts';
import { limitReached } from './automatic-limits.ts';
import { formatMoment } from './format-moment.ts';
import { isPlainAddress } from './outbox/clean-header.ts';
import { insertOutgoing } from './outbox/insert-outgoing.ts';

interface Acknowledging {
  ticketId: number;
  recipient: string;
  inReplyTo: string | null;
}

/**
 * Tells the sender of a first mail its number and the promised time. The words are all ours: nothing they wrote is
 * repeated, since nobody has proved that the address is theirs.
 */
export const acknowledgeMail: JobRunner = async (desk, job) => {
  const order = job.payload as Acknowledging;
  await desk.run(system, (cx) => acknowledge(cx, order), { job, causedBy: job.causedBy });
};

async function acknowledge(cx: CommandContext, order: Acknowledging): Promise<void> {
  const ticket = await ticketReads.findTicketRow(cx.tx, order.ticketId);
  const inbox = ticket?.inboxId ? await findInbox(cx.tx, ticket.inboxId) : undefined;
  if (!ticket || !inbox?.acknowledge || !isQuiet(ticket) || !isPlainAddress(order.recipient)) return;
  if (await wasAcknowledged(cx, inbox, order.recipient)) return;
  const limit = await limitReached(cx.tx, cx.now, order.recipient, ticket.id);
  if (limit) {
    cx.record('mail.withheld', ticket.id, { limit });
    return;
  }
  const locale = await localeOf(cx.tx, ticket, inbox);
  const text = await acknowledgement(cx, ticket, locale);
  const { messageId } = await sendMessage(cx, {
    ticketId: ticket.id,
    author: 'system',
    authorId: null,
    public: true,
    message: { text },
  });
  await insertOutgoing(cx, {
    kind: 'acknowledgement',
    automatic: true,
    inbox,
    ticketId: ticket.id,
    messageId,
    authorId: null,
    recipients: [order.recipient],
    ccs: [],
    subject: format(locale, 'mail.ack.subject', { number: String(ticket.id) }),
    inReplyTo: order.inReplyTo,
    references: order.inReplyTo ? [order.inReplyTo] : [],
    sendAt: cx.now,
  });
}

/** Still as it came: not closed, hidden or merged, and of the living. */
function isQuiet(ticket: TicketRow): boolean {
  return ticket.shown && !ticket.training && ticket.status !== 'closed';
}

/** One a day for a sender and an inbox, whatever they send: two machines that answer each other fall silent. */
async function wasAcknowledged(cx: CommandContext, inbox: Inbox, recipient: string): Promise<boolean> {
  const dayAgo = new Date(cx.now.getTime() - 24 * 3_600_000);
  const row = await cx.tx.maybe(sql`
    select id from outgoing_mails where automatic and recipients[1] = ${recipient} and kind = 'acknowledgement'
      and inbox_id = ${inbox.id} and created_at > ${dayAgo} limit 1`);
  return row !== undefined;
}

async function localeOf(db: Queryable, ticket: TicketRow, inbox: Inbox): Promise<Locale> {
  if (isLocale(ticket.language)) return ticket.language;
  return isLocale(inbox.language) ? inbox.language : readSetting(db, deskSettings.locale);
}

async function acknowledgement(cx: CommandContext, ticket: TicketRow, locale: Locale): Promise<string> {
  const zone = (await getCustomer(cx.tx, ticket.requesterId)).timeZone;
  const promised = ticket.dueAt && ticket.dueAt > cx.now;
  const promise = promised ? await formatMoment(cx.tx, ticket.dueAt as Date, locale, zone) : '';
  return [
    format(locale, 'mail.ack.hello'),
    format(locale, 'mail.ack.received', { number: String(ticket.id) }),
    promised ? format(locale, 'mail.ack.promise', { time: promise }) : format(locale, 'mail.ack.soon'),
    format(locale, 'mail.ack.answer_here'),
    await readSetting(cx.tx, deskSettings.name),
  ].join('\n\n');
}
