import type { CommandContext } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { conflict, notFound } from '../../../../platform/http/errors.ts';
import { ticketCare, ticketReads } from '../../../tickets/index.ts';
import type { ReadingJob } from '../read-mails.ts';
import { type MailRow, mailColumns } from './mail-row.ts';

/**
 * What a person decides about a mail. Each can be asked twice: the second time finds it done and changes nothing.
 * The reading itself is a job, so every way in is the same.
 */

const settled = new Set(['ticket', 'reply']);
const reports = new Set(['auto_reply', 'bounce']);

/** Lets a held mail in: it is read again and not screened. Event: mail.released. */
export async function releaseMail(cx: CommandContext, input: { mailId: number }): Promise<void> {
  const mail = await lockMail(cx, input.mailId);
  if (settled.has(mail.fate) || mail.fate === 'received') return;
  await readAgain(cx, mail, { mailIds: [mail.id], released: true });
  cx.record('mail.released', null, { mailId: mail.id });
}

/** Reads a mail again as if it had just come, a second copy as if it were the first. Event: mail.reprocessed. */
export async function reprocessMail(cx: CommandContext, input: { mailId: number }): Promise<void> {
  const mail = await lockMail(cx, input.mailId);
  if (settled.has(mail.fate) || mail.fate === 'received') return;
  const order: ReadingJob = { mailIds: [mail.id], ...(mail.fate === 'duplicate' ? { original: true } : {}) };
  await readAgain(cx, mail, order);
  cx.record('mail.reprocessed', null, { mailId: mail.id });
}

/** Puts a mail on a ticket that a person names, as its sender's message. Event: mail.joined. */
export async function joinMail(
  cx: CommandContext,
  input: { mailId: number; ticketId: number },
): Promise<void> {
  const mail = await lockMail(cx, input.mailId);
  if (mail.fate === 'received' || (settled.has(mail.fate) && mail.ticketId === input.ticketId)) return;
  if (settled.has(mail.fate))
    throw conflict('This mail is on a ticket already; undo that first.', { ticketId: mail.ticketId });
  await ticketReads.getTicketRow(cx.tx, input.ticketId);
  await readAgain(cx, mail, { mailIds: [mail.id], released: true, ticketId: input.ticketId });
  cx.record('mail.joined', input.ticketId, { mailId: mail.id });
}

/** Puts a held mail away. Event: mail.discarded. */
export async function discardMail(cx: CommandContext, input: { mailId: number }): Promise<void> {
  const mail = await lockMail(cx, input.mailId);
  if (mail.fate === 'discarded') return;
  if (settled.has(mail.fate) || mail.fate === 'received')
    throw conflict('Only a mail that is held can be discarded.', { fate: mail.fate });
  await cx.tx.write(
    sql`update mails set fate = 'discarded', fate_before = ${mail.fate} where id = ${mail.id}`,
  );
  cx.record('mail.discarded', null, { mailId: mail.id });
}

/** Gives a discarded mail the fate it had. Event: mail.restored. */
export async function restoreMail(cx: CommandContext, input: { mailId: number }): Promise<void> {
  const mail = await lockMail(cx, input.mailId);
  if (mail.fate !== 'discarded') return;
  await cx.tx.write(
    sql`update mails set fate = ${mail.fateBefore ?? 'suspended'}, fate_before = null where id = ${mail.id}`,
  );
  cx.record('mail.restored', null, { mailId: mail.id });
}

/**
 * Takes a mail off its ticket and holds it again: a ticket of nothing else is deleted (and can be restored), a
 * reply loses its words there and what it made of the ticket; the mail itself stays here. Events: mail.undone, and
 * those of what it undoes.
 * @throws 409 when somebody has answered on the ticket it opened, or that goes on inside another
 */
export async function undoMail(cx: CommandContext, input: { mailId: number }): Promise<void> {
  const mail = await lockMail(cx, input.mailId);
  if (!settled.has(mail.fate) || mail.ticketId === null) return;
  await cx.tx.write(sql`
    update mails set fate = 'suspended', cause = 'undone', detail = ${`#${mail.ticketId}`}, ticket_id = null,
      message_id = null
    where id = ${mail.id}`);
  await cx.tx.write(sql`insert into undone_messages (message_id, ticket_id, mail_id, with_ticket)
    select ${mail.messageId}::bigint, ${mail.ticketId}, ${mail.id}, ${mail.fate === 'ticket'} where ${mail.messageId}::bigint is not null`);
  cx.record('mail.undone', mail.ticketId, { mailId: mail.id });
  if (mail.fate === 'ticket') await deleteItsTicket(cx, mail.ticketId);
  else if (mail.messageId !== null)
    await takeOff(cx, { mailId: mail.id, ticketId: mail.ticketId, messageId: mail.messageId });
}

async function takeOff(
  cx: CommandContext,
  { mailId, ticketId, messageId }: { mailId: number; ticketId: number; messageId: number },
): Promise<void> {
  await ticketCare.undoMessage(cx, { ticketId, messageId });
  await ticketCare.redactMessage(cx, { messageId });
  cx.record('message.withdrawn', ticketId, { messageId, mailId });
}

async function deleteItsTicket(cx: CommandContext, ticketId: number): Promise<void> {
  const ticket = await ticketReads.getTicketRow(cx.tx, ticketId);
  if (ticket.mergedInto !== null)
    throw conflict(
      'This ticket goes on inside another; separate it first.',
      { mergedInto: ticket.mergedInto },
      'ticket_merged',
    );
  const own = await cx.tx.one<{ count: number }>(sql`
    select 1 + count(*) as count from outgoing_mails where ticket_id = ${ticket.id} and kind = 'acknowledgement'`);
  if (ticket.messageCount > own.count)
    throw conflict('People have written on this ticket since; delete it there.', { ticketId: ticket.id });
  await ticketCare.deleteTicket(cx, { ticketId: ticket.id });
}

async function lockMail(cx: CommandContext, mailId: number): Promise<MailRow> {
  const mail = await cx.tx.maybe<MailRow>(
    sql`select ${mailColumns} from mails where id = ${mailId} for update`,
  );
  if (!mail) throw notFound('This mail');
  return mail;
}

async function readAgain(cx: CommandContext, mail: MailRow, order: ReadingJob): Promise<void> {
  if (mail.erased) throw conflict('The words of this mail were erased.');
  // A machine's report or note stands on the ticket's timeline; it may come there again.
  if (mail.ticketId !== null && reports.has(mail.fate))
    cx.record('mail.undone', mail.ticketId, { mailId: mail.id });
  await cx.tx.write(sql`update mails set fate = 'received', cause = null, detail = null, duplicate_of = null,
      ticket_id = null, message_id = null, fate_before = null where id = ${mail.id}`);
  cx.enqueue({ kind: 'mail.read_one', payload: { ...order }, priority: 3 });
}
