import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../platform/events/read-events.ts';
import { lockTicket } from './queries.ts';
import { lastChange, type Story, undoAssignment, undoStatus, withoutUndone } from './undo-steps.ts';

/**
 * A message that is taken back takes back what it made of its ticket: the status, the assignee and who is in copy, each
 * as far as nobody changed it since. Answers whether others are in copy now. Events: ticket.status_changed,
 * ticket.assigned and ticket.cc_changed, which name the events they undo.
 */
export async function undoMessage(
  cx: CommandContext,
  { ticketId, messageId }: { ticketId: number; messageId: number },
): Promise<{ copiesChanged: boolean }> {
  const log = withoutUndone(await listEventsOfTicket(cx.tx, ticketId));
  const own = eventsWith(log, messageId);
  if (own.length === 0) return { copiesChanged: false };
  const story: Story = { ticketId, log, own };
  const ticket = await lockTicket(cx.tx, ticketId);
  await undoStatus(cx, story, ticket.status);
  await undoAssignment(cx, story, ticket.assigneeId);
  return { copiesChanged: await undoCopies(cx, story) };
}

/** A reply's own command; of a command that brought several messages of customers, up to the next one. */
function eventsWith(log: RecordedEvent[], messageId: number): RecordedEvent[] {
  const message = log.find(
    (event) => isEvent(event, 'message.sent', 'message.received') && event.data.messageId === messageId,
  );
  if (!message) return [];
  const command = log.filter(({ commandId }) => commandId === message.commandId);
  if (isEvent(message, 'message.sent')) return command;
  const later = command.filter(({ id }) => id >= message.id);
  const next = later.findIndex((event, index) => index > 0 && isEvent(event, 'message.received'));
  return next < 0 ? later : later.slice(0, next);
}

async function undoCopies(cx: CommandContext, story: Story): Promise<boolean> {
  const change = lastChange(story, 'ticket.cc_changed');
  if (!change) return false;
  const { ticketId } = story;
  const { added, removed } = change.data;
  await cx.tx.write(
    sql`delete from ticket_ccs where ticket_id = ${ticketId} and customer_id = any(${added}::bigint[])`,
  );
  for (const customerId of removed) {
    await cx.tx.write(sql`insert into ticket_ccs (ticket_id, customer_id, since)
      values (${ticketId}, ${customerId}, ${inCopySince(story, change, customerId)}) on conflict do nothing`);
  }
  cx.record('ticket.cc_changed', ticketId, { added: removed, removed: added, undoes: [change.id] });
  return true;
}

/** Who was in copy before may read from then on again. */
function inCopySince({ log }: Story, change: RecordedEvent, customerId: number): Date {
  const earlier = log.slice(0, log.indexOf(change));
  const came = earlier.findLast(
    (event) => isEvent(event, 'ticket.cc_changed') && event.data.added.includes(customerId),
  );
  return (came ?? earlier[0] ?? change).at;
}
